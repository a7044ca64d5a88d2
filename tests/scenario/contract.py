"""The example of the file format, with the channels, touchpoints and transitions that it leaves to the reader."""

CONTRACT = """\
format = 1
id = "online-shop"
name = "Online shop"
about = "Who this is for, what it shows, what to try."      # Markdown
currency = "EUR"
start_date = 2026-01-05
horizon = 365                                               # days

[population]
size = 10000
arrivals = { pattern = "poisson", over = 90 }               # cohort | poisson | profile (weekly, hourly weights)

[[segments]]
id = "bargain"
share = 0.4
affinity = { web = 0.5, app = 0.2, email = 0.3 }            # mean; `concentration` sets the spread
opt_in = { email = 0.6, push = 0.3 }
attributes = { region = { north = 0.5, south = 0.5 } }

[segments.traits]
propensity = { mean = -0.2, sd = 0.8 }
price_sensitivity = { mean = 1.2, sd = 0.3 }
patience_minutes = { mean = 5 }

[[channels]]
id = "email"
kind = "digital"                                            # digital | social | in_person | support | voice | device
mix = 0.3                                                   # weight in the channel mix
cost = 0.002                                                # per contact
open_rate = 0.19
response_rate = 0.06                                        # acted on, given opened
opt_out_rate = 0.0022
quiet_hours = [21, 8]

[[channels]]
id = "web"

[[channels]]
id = "app"

[[channels]]
id = "push"
kind = "device"

[[touchpoints]] # first
id = "cart"
name = "Cart"
stage = "consideration"
channels = { web = 0.7, app = 0.3 }
emotion = { mean = 0.1, sd = 0.3 }
effort = 3
profile_gain = 0.05
start = true
goal = false
exit = false

[[touchpoints]]
id = "checkout"
stage = "purchase"
goal = { kind = "conversion", value = { family = "lognormal", mean = 60, sd = 25 }, margin = 0.35 }
desk = "contact-centre"

[[touchpoints]]
id = "bought"
stage = "purchase"
exit = "completed"

[[touchpoints]] # gone
id = "gone"
exit = "churn"

[[transitions]] # first
from = "cart"
to = "checkout"
share = 0.35
delay = { family = "lognormal", median = 0.01, sigma = 1.0 } # days
role = "progress"                                           # optional
effects = { incentive = 0.8 }                               # optional overrides of the default coefficients

[[transitions]]
from = "cart"
to = "gone"
share = 0.65
delay = 2

[[transitions]]
from = "checkout"
to = "bought"
share = 1.0

[[desks]] # only
id = "contact-centre"
agents = 4                                                  # or shifts = [{ days = "mon-fri", from = 8, to = 18 }, ...]
service_minutes = { family = "lognormal", mean = 6.3, sd = 5 }
patience_minutes = { family = "exponential", mean = 5.8 }
cost_per_contact = 8.0

[integration]
mode = "omni"                                               # single | multi | omni
carryover = 0.9

[personalization]
level = "individual"                                        # none | segment | individual | realtime
over = ["content", "timing", "channel", "offer"]

[orchestration]
policy = "rules"                                            # none | rules | bandit
tick = 1.0
holdout = 0.1
caps = { total = { max = 4, days = 7 }, email = { max = 2, days = 7 } }
budget = { per_day = 500 }

[[actions]]
id = "cart-recovery"
kind = "message"                                            # message | popover | recommendation | offer | call
channels = ["email", "push"]                                # primary first
leads_to = "cart"                                           # or nudge = 1.0
discount = 0.05

[[rules]]
id = "abandoned-cart"
when = { entered = "cart", without = "checkout", after = 0.04 } # or leaving | idle | count | score | at | every | tick
if = [["sentiment", ">", -0.5], ["segment", "in", ["bargain"]]]
do = "cart-recovery"
cooldown = 7
priority = 5

[experiment]
seed = 2026
replications = 50
# precision = { outcome = "conversion_rate", half_width = 0.002 }

[[experiment.arms]]
id = "static"
name = "No orchestration"
set = { "orchestration.policy" = "none" }

[layout] # written by the desktop
cart = [420, 80]
"""
