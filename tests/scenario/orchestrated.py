"""A scenario with some of everything that a brand can do: messages, pop-overs, rules, limits, shocks and phases."""

ORCHESTRATED = """\
format = 1
id = "orchestrated"
start_date = 2026-01-05
horizon = 60

[population]
size = 100

[[segments]]
id = "bargain"
attributes = { region = { north = 0.5, south = 0.5 } }

[[segments]]
id = "loyal"

[[stages]]
id = "look"

[[stages]]
id = "buy"

[[channels]] # web
id = "web"

[[channels]] # app
id = "app"

[[channels]] # email
id = "email"
quiet_hours = [21, 8]

[[channels]] # push
id = "push"

[[channels]] # kiosk
id = "kiosk"

[[touchpoints]] # page
id = "page"
stage = "look"
start = true
channels = ["web", "app"]

[[touchpoints]] # cart
id = "cart"
stage = "buy"
channels = ["web"]

[[touchpoints]] # shelf
id = "shelf"
stage = "buy"
channels = ["kiosk"]

[[touchpoints]] # asleep
id = "asleep"
lapsed = true

[[touchpoints]] # bought
id = "bought"
stage = "buy"
exit = "completed"

[[touchpoints]] # gone
id = "gone"
exit = "churn"

[[transitions]]
from = "page"
to = "cart"
share = 2
delay = 1

[[transitions]]
from = "page"
to = "gone"
share = 1
delay = { family = "lognormal", median = 3, sigma = 1 }

[[transitions]]
from = "page"
to = "shelf"
share = 1
delay = 1

[[transitions]]
from = "cart"
to = "bought"
share = 3
delay = 1

[[transitions]]
from = "cart"
to = "asleep"
share = 1
delay = 10

[[transitions]]
from = "shelf"
to = "bought"
share = 1
delay = 1

[[transitions]]
from = "asleep"
to = "page"
share = 1
delay = 20

[personalization]
level = "individual"

[orchestration]
policy = "rules"
holdout = 0.1
caps = { total = { max = 4, days = 7 }, email = { max = 1, days = 2, period = "calendar" } }

[scores.warm]
intercept = -1
weights = { sentiment = 1, consent = 0.5, "opted_in.email" = 0.3, "visits.cart" = 0.2, "segment.loyal" = 1, \
"touchpoint.page" = 0.1, "stage.buy" = 0.2, "channel.web" = 0.1, "attributes.region.north" = 0.4 }

[[actions]] # reminder
id = "reminder"
kind = "message"
channels = ["email", "push"]
support_after = 1
leads_to = "cart"

[[actions]] # voucher
id = "voucher"
kind = "offer"
channels = ["email"]
discount = 0.1
nudge = 1.5

[[actions]] # call-up
id = "call-up"
kind = "call"
channels = ["push"]

[[actions]] # stay
id = "stay"
kind = "popover"
form = "exit-intent"
channels = ["web"]
leads_to = "cart"

[[actions]] # similar
id = "similar"
kind = "recommendation"
form = "similar"

[[rules]] # forgotten
id = "forgotten"
when = { entered = "page", without = "cart", after = 0.5 }
if = [["segment", "in", ["bargain", "loyal"]], ["stage", "!=", "buy"], ["weekday", "not in", ["sat", "sun"]]]
do = "reminder"
cooldown = 7
stop = [["purchases", ">", 0]]

[[rules]] # going
id = "going"
when = { leaving = "page" }
if = [["touchpoint", "==", "page"], ["channel", "!=", "none"], ["attributes.region", "in", ["north", ""]]]
do = "stay"

[[rules]] # going-anywhere
id = "going-anywhere"
when = { leaving = true }
if = [["consent", "==", true], ["opted_in.email", "==", false], ["scores.warm", ">=", 0.2]]
do = "similar"

[[rules]] # quiet
id = "quiet"
when = { idle = 5 }
do = "voucher"
delay = 0.25

[[rules]] # often
id = "often"
when = { count = "visits.page", reaches = 2 }
do = "call-up"

[[rules]] # keen
id = "keen"
when = { score = "warm", above = 0.3, below = 0.9 }
do = "voucher"

[[rules]] # sale
id = "sale"
when = { at = 2026-01-20 }
do = "voucher"

[[rules]] # weekly
id = "weekly"
when = { every = "mon 09:00" }
if = [["days", ">", 7], ["hour", "<=", 12.5], ["visits.cart", ">=", 1], ["fatigue", "<", 2]]
do = "reminder"

[[rules]] # each-day
id = "each-day"
when = { tick = true }
if = [["idle_days", ">", 3]]
do = "similar"

[[broadcasts]] # news
id = "news"
at = 10
segments = ["loyal"]
if = [["revenue", ">", 0], ["messages", "in", [0, 1]]]
do = "reminder"

[[shocks]] # strike
id = "strike"
from = 10
to = 12
set = { "channels.kiosk.mix" = 0.1 }

[[shocks]] # second-strike
id = "second-strike"
from = 2026-01-17
to = 20
set = { "channels.kiosk.mix" = 0.2 }

[[phases]] # spring
id = "spring"
at = 30
set = { "channels.web.mix" = 2 }

[[phases]] # summer
id = "summer"
at = 50
set = { "channels.web.mix" = 3 }
"""
