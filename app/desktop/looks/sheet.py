"""The shapes of Qt's own controls, in the roles of a theme: one sheet for the whole program.

Colours of text and grounds come from the palette wherever that is enough, and sizes of type from the fonts: widgets
can then have another of either without a sheet of their own, which would be read anew for each of them.
"""

from __future__ import annotations

from typing import Final

from app.desktop.looks.roles import Roles
from app.desktop.looks.spacing import FINE, GRID, ROUND
from app.files.shipped import shipped

_RING_OUTSIDE: Final = "border: 2px solid transparent; background-clip: padding; padding: 5px 9px;"
"""around what is filled with the accent, in which a ring of the accent would not be seen"""
_TICK: Final = 16
"""side of what can be ticked"""


def sheet(theme: Roles) -> str:
    """The sheet of a theme."""
    return "\n".join(part(theme) for part in (_frame, _buttons, _fields, _ticks, _sliders, _lists, _tabs, _bars, _own))


def _frame(t: Roles) -> str:
    """Menus, panels, what separates them, and tooltips."""
    return f"""
QMainWindow {{ background: {t.panel}; }}
QMainWindow::separator {{ background: {t.pressed}; width: 5px; height: 5px; }}
QMainWindow::separator:hover {{ background: {t.accent}; }}
QSplitter::handle {{ background: {t.panel}; }}
QSplitter::handle:hover {{ background: {t.accent}; }}
QMenuBar {{ background: {t.panel}; border: none; padding: 2px {GRID // 2}px; }}
QMenuBar::item {{ background: transparent; padding: 3px {GRID}px; border-radius: {FINE}px; }}
QMenuBar::item:selected {{ background: {t.near}; }}
QMenuBar::item:pressed {{ background: {t.pressed}; }}
QMenu {{ background: {t.card}; border: 1px solid {t.line}; padding: {GRID // 2}px; }}
QMenu::item {{ padding: 5px {3 * GRID}px 5px {3 * GRID}px; border-radius: {FINE}px; }}
QMenu::item:selected {{ background: {t.chosen}; color: {t.text}; }}
QMenu::item:disabled {{ color: {t.quiet}; background: transparent; }}
QMenu::separator {{ height: 1px; background: {t.line}; margin: {GRID // 2}px {GRID}px; }}
QToolTip {{ background: {t.card}; color: {t.text}; border: 1px solid {t.line}; padding: {GRID // 2}px; }}
QDockWidget {{ titlebar-close-icon: {_url(t, "close")}; titlebar-normal-icon: {_url(t, "float")}; }}
QDockWidget::close-button, QDockWidget::float-button {{ border: none; border-radius: {FINE}px; padding: 0; }}
QDockWidget::close-button:hover, QDockWidget::float-button:hover {{ background: {t.pressed}; }}
QDockWidget::title {{ background: {t.panel}; padding: {GRID // 2}px {GRID // 2}px; }}
QStatusBar {{ background: {t.panel}; border-top: 1px solid {t.line}; }}
QStatusBar::item {{ border: none; }}
"""


def _buttons(t: Roles) -> str:
    """What is pressed."""
    return f"""
QPushButton {{ background: {t.panel}; border: 1px solid {t.stroke}; border-radius: {ROUND}px; padding: 4px 8px; }}
QPushButton:hover {{ background: {t.near}; }}
QPushButton:pressed, QPushButton:open {{ background: {t.pressed}; }}
QPushButton:checked {{ background: {t.chosen}; border-color: {t.accent}; color: {t.text}; }}
QPushButton:disabled {{ color: {t.quiet}; border-color: {t.line}; }}
QPushButton:default {{ background: {t.accent}; color: {t.on_accent}; {_RING_OUTSIDE} }}
QPushButton:default:hover {{ background: {t.accent_near}; }}
QPushButton:flat {{ background: transparent; border: 1px solid transparent; }}
QPushButton:flat:hover {{ background: {t.near}; }}
QPushButton:focus, QPushButton:flat:focus {{ border: 2px solid {t.focus}; padding: 3px 7px; }}
QPushButton:default:focus {{ border-color: {t.text}; padding: 5px 9px; }}
QPushButton::menu-indicator {{ {_image(t, "chevron-down")} subcontrol-position: right center; right: 4px; }}
QToolButton {{ background: transparent; border: 1px solid transparent; border-radius: {ROUND}px; padding: 3px 5px; }}
QToolButton:hover {{ background: {t.near}; }}
QToolButton:pressed, QToolButton:open {{ background: {t.pressed}; }}
QToolButton:checked {{ background: {t.chosen}; }}
QToolButton:disabled {{ color: {t.quiet}; }}
QToolButton#take-along::menu-indicator {{ image: none; }}
QToolButton:focus {{ border: 2px solid {t.focus}; padding: 2px 4px; }}
"""


def _fields(t: Roles) -> str:
    """What is written into or chosen from."""
    texts = "QLineEdit, QPlainTextEdit, QTextEdit"
    focused = ", ".join(f"{kind}:focus" for kind in ("QLineEdit", "QPlainTextEdit", "QTextEdit"))
    return f"""
{texts} {{ background: {t.field}; border: 1px solid {t.stroke}; border-radius: {FINE}px; padding: 3px 6px;
    selection-background-color: {t.accent}; selection-color: {t.on_accent}; }}
{focused} {{ border: 2px solid {t.focus}; padding: 2px 5px; }}
QLineEdit:disabled, QLineEdit[readOnly="true"] {{ background: {t.panel}; border-color: {t.line}; }}
QAbstractItemView QLineEdit {{ border-radius: 0; padding: 0 3px; }}
QComboBox, QAbstractSpinBox {{ background: {t.field}; border: 1px solid {t.stroke}; border-radius: {FINE}px;
    padding: 3px 6px; combobox-popup: 0; }}
QComboBox:hover, QAbstractSpinBox:hover {{ background: {t.near}; }}
QComboBox:focus, QAbstractSpinBox:focus {{ border: 2px solid {t.focus}; padding: 2px 5px; }}
QComboBox:disabled, QAbstractSpinBox:disabled {{ background: {t.panel}; border-color: {t.line}; color: {t.quiet}; }}
QComboBox::drop-down {{ border: none; width: 20px; }}
QComboBox::down-arrow {{ {_image(t, "chevron-down")} }}
QComboBox QLineEdit, QAbstractSpinBox QLineEdit {{ border: none; padding: 0; background: transparent; }}
QComboBox QAbstractItemView {{ background: {t.card}; border: 1px solid {t.line}; padding: 2px; outline: none; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ border: none; background: transparent; width: 18px; }}
QAbstractSpinBox::up-arrow {{ {_image(t, "chevron-up")} }}
QAbstractSpinBox::down-arrow {{ {_image(t, "chevron-down")} }}
"""


def _ticks(t: Roles) -> str:
    """What is ticked."""
    return f"""
QCheckBox {{ spacing: {GRID}px; border: 2px solid transparent; border-radius: {FINE}px; padding: 1px; }}
QCheckBox:focus {{ border-color: {t.focus}; }}
QCheckBox::indicator {{ width: {_TICK - 2}px; height: {_TICK - 2}px; background: {t.field};
    border: 1px solid {t.stroke}; border-radius: {FINE}px; }}
QCheckBox::indicator:hover {{ border-color: {t.accent}; }}
QCheckBox::indicator:checked {{ background: {t.accent}; border-color: {t.accent}; {_image(t, "check")} }}
QCheckBox::indicator:indeterminate {{ background: {t.accent}; border-color: {t.accent}; {_image(t, "minus")} }}
QCheckBox::indicator:disabled {{ border-color: {t.line}; background: {t.panel}; }}
"""


def _sliders(t: Roles) -> str:
    """What is dragged: levers and scroll bars."""
    return f"""
QSlider:horizontal {{ min-height: 20px; }}
QSlider::groove:horizontal {{ height: 4px; border-radius: 2px; background: {t.line}; }}
QSlider::sub-page:horizontal {{ height: 4px; border-radius: 2px; background: {t.accent}; }}
QSlider::handle:horizontal {{ width: 12px; height: 12px; margin: -6px 0; border-radius: 8px; background: {t.field};
    border: 2px solid {t.accent}; }}
QSlider::handle:horizontal:hover {{ background: {t.chosen}; }}
QSlider::handle:horizontal:focus {{ background: {t.accent}; border-color: {t.text}; }}
QSlider::handle:horizontal:disabled {{ border-color: {t.stroke}; }}
QSlider::sub-page:horizontal:disabled {{ background: {t.stroke}; }}
QScrollBar {{ background: transparent; border: none; }}
QScrollBar:vertical {{ width: 10px; margin: 0; }}
QScrollBar:horizontal {{ height: 10px; margin: 0; }}
QScrollBar::handle {{ background: {t.stroke}; border-radius: 3px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: {4 * GRID}px; }}
QScrollBar::handle:horizontal {{ min-width: {4 * GRID}px; }}
QScrollBar::handle:hover {{ background: {t.quiet}; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; border: none; background: none; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QProgressBar {{ background: {t.pressed}; border: none; border-radius: {FINE}px; text-align: center; }}
QProgressBar::chunk {{ background: {t.accent}; border-radius: {FINE}px; }}
"""


def _lists(t: Roles) -> str:
    """What is listed."""
    listed = ("QListView", "QTreeView", "QTableView")
    framed = ", ".join(listed)
    focused = ", ".join(f"{kind}:focus" for kind in listed)
    return f"""
{framed} {{ background: {t.field}; alternate-background-color: {t.stripe}; border: 1px solid {t.line}; outline: none; }}
QListView[frameShape="0"], QTreeView[frameShape="0"], QTableView[frameShape="0"] {{ border-color: transparent; }}
QScrollArea, QGraphicsView {{ background: transparent; border: 1px solid transparent; }}
{focused}, QScrollArea:focus, QGraphicsView:focus {{ border: 1px solid {t.focus}; }}
JourneyView:focus {{ border-color: {t.stroke}; }}
QListView::item {{ padding: 2px {GRID // 2}px; }}
QTableView::item {{ padding: 0 {GRID // 2}px; }}
QHeaderView {{ background: {t.panel}; border: none; }}
QHeaderView::section {{ padding: {GRID // 2}px {GRID // 2 + 3}px; border: none; border-bottom: 1px solid {t.line};
    background: {t.panel}; color: {t.quiet}; }}
QHeaderView::section:hover {{ background: {t.near}; }}
QTableCornerButton::section {{ background: {t.panel}; border: none; border-bottom: 1px solid {t.line}; }}
"""


def _tabs(t: Roles) -> str:
    """Tabs: words over a line, that of the one in front in the accent."""
    return f"""
QTabWidget::pane {{ border: none; border-top: 1px solid {t.line}; }}
QTabBar {{ background: transparent; border: none; }}
QTabBar::tab {{ background: transparent; color: {t.quiet}; padding: 6px 8px 5px 8px; margin: 0;
    border: 1px solid transparent; border-bottom: 2px solid transparent; }}
QTabBar::tab:hover {{ background: {t.near}; color: {t.text}; }}
QTabBar::tab:selected {{ color: {t.text}; border-bottom: 2px solid {t.accent}; }}
QTabBar::tab:disabled {{ color: {t.stroke}; }}
QTabBar::tab:selected:focus {{ border: 2px solid {t.focus}; padding: 5px 7px 5px 7px; }}
QTabBar QToolButton {{ background: {t.panel}; border: none; }}
"""


def _bars(t: Roles) -> str:
    """The bar at the top: the journey's name, its views, what is done most, and the one thing to press."""
    return f"""
QToolBar {{ background: {t.panel}; border: none; spacing: 2px; padding: 2px {GRID}px; }}
QToolBar#toolbar {{ border-bottom: 1px solid {t.line}; padding: 5px {GRID}px; }}
QToolBar#toolbar QLabel {{ padding: 0 {GRID}px 0 0; }}
QToolBar#toolbar QLabel#journey-name {{ padding: 0 {GRID * 3 // 4}px 0 {GRID // 2}px; }}
QToolBar#toolbar QLineEdit {{ background: {t.panel}; border-color: {t.stroke}; border-radius: {ROUND}px; }}
QToolButton#run {{ background: {t.accent}; color: {t.on_accent}; padding: 4px 10px; margin-left: {GRID}px; }}
QToolButton#run:hover {{ background: {t.accent_near}; }}
QTabBar#switch {{ background: {t.pressed}; border-radius: {ROUND}px; }}
QTabBar#switch::tab {{ border: 1px solid transparent; border-radius: {ROUND - 1}px; padding: 4px 12px; margin: 2px; }}
QTabBar#switch::tab:hover {{ background: {t.near}; }}
QTabBar#switch::tab:selected {{ background: {t.card}; border: 1px solid {t.stroke}; }}
QTabBar#switch::tab:selected:focus {{ border: 2px solid {t.focus}; padding: 3px 11px; }}
QTabBar#switch[brief="true"]::tab {{ padding: 4px 3px; }}
QTabBar#switch[brief="true"]::tab:selected:focus {{ padding: 3px 2px; }}
"""


def _own(t: Roles) -> str:
    """What is this program's own."""
    return f"""
#message {{ background: {t.card}; border-left: 4px solid {t.accent}; border-bottom: 1px solid {t.line}; }}
#message[level="warning"] {{ border-left-color: {t.warning}; }}
#message[level="error"] {{ border-left-color: {t.error}; }}
#question {{ background: {t.card}; border: 1px solid {t.warning}; border-radius: {FINE}px; }}
#tour {{ background: {t.card}; border: 1px solid {t.accent}; border-radius: {ROUND}px; }}
#hint {{ background: {t.card}; border: 1px solid {t.accent}; border-radius: {ROUND}px; padding: {GRID}px; }}
#palette {{ background: {t.card}; border: 1px solid {t.stroke}; border-radius: {ROUND}px; }}
#map {{ background: {t.panel}; }}
#sections {{ background: {t.panel}; border-color: transparent; }}
#sections:focus {{ border-color: {t.focus}; }}
#sections::item {{ padding: {GRID // 2}px {GRID // 2}px; }}
"""


def _image(t: Roles, name: str) -> str:
    return f"image: {_url(t, name)};"


def _url(t: Roles, name: str) -> str:
    kind = "dark" if t.dark else "light"
    path = shipped("assets") / "icons" / "controls" / kind / f"{name}.svg"
    return f'url("{path.as_posix()}")'
