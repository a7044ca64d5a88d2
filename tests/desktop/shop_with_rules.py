"""A small shop with two rules, a broadcast, a score and an arm."""

SHOP = """\
# Drawn by hand.
format = 1
id = "shop"
horizon = 30
start_date = 2026-01-05

[population]
size = 100

[[segments]]
id = "bargain"
share = 0.5
attributes = { region = { north = 1, south = 1 } }

[[segments]]
id = "loyal"
share = 0.5

[[channels]]
id = "web"

[[channels]]
id = "email"
name = "e-mail"

[[touchpoints]]
id = "cart"
name = "Cart"
start = true

[[touchpoints]]
id = "checkout"
name = "Checkout"
goal = { kind = "conversion", value = 50 }

[[touchpoints]]
id = "gone"
exit = "churn"

[[transitions]]
from = "cart"
to = "checkout"
share = 0.7

[[transitions]]
from = "cart"
to = "gone"
share = 0.3

[[transitions]]
from = "checkout"
to = "gone"
share = 1

[scores.risk]
intercept = -1
weights = { sentiment = -2 }

[orchestration]
policy = "rules"

[[actions]]
id = "remind"
name = "Cart reminder"
channels = ["email"]
leads_to = "cart"

[[actions]]
id = "welcome"
name = "Welcome"
kind = "popover"

[[rules]]
id = "first" # the one that is built here
when = { tick = true }
do = "remind"

[[rules]]
id = "second"
when = { entered = "cart", without = "checkout", after = 1 }
if = [["opted_in.email", "==", true], ["sentiment", ">", 0]]
do = "remind"
cooldown = 7
stop = [["purchases", ">", 0]]

[[broadcasts]]
id = "spring"
at = 20
do = "remind"

[experiment]
replications = 3

[[experiment.arms]]
id = "base"

[[experiment.arms]]
id = "patient"
"""
