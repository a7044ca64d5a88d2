"""Help on whatever has the keyboard: the words, the outcomes, the fields and the parts of the window."""

from app.desktop.help.context import help_for, help_on_action, set_help
from app.desktop.help.panel import HelpPanel
from app.desktop.help.selected import selected_topic
from app.desktop.help.topics import Topic, topic, topics

__all__ = ["HelpPanel", "Topic", "help_for", "help_on_action", "selected_topic", "set_help", "topic", "topics"]
