"""What is earned and spent: labels, units and definitions."""

from typing import Final

from sim.outcomes.outcome import Outcome

MONEY: Final = (
    Outcome(
        "incremental_roi",
        "Return on added cost",
        "ratio",
        "What each unit of money that one arm costs more than the other brings in beyond itself: difference in profit "
        "divided by difference in cost. Below 0 the added cost does not pay. Absent where the costs do not differ.",
        "higher",
        2,
        ("money",),
        paired=True,
        main=True,
        ratio_of=("profit", "cost"),
    ),
    Outcome(
        "revenue",
        "Revenue",
        "money",
        "Money of all goals reached, less refunds.",
        "higher",
        0,
        ("earning",),
        main=True,
        of_all=True,
    ),
    Outcome(
        "cost",
        "Cost",
        "money",
        "Bought arrivals, contacts on channels, sends, personalization, contacts served and agent hours at desks, "
        "set-up, and the monthly cost for the length of the run, each at its price at that time. The cost of the goods "
        "and discounts lower the margin instead. For all customers together only: shared costs are not split among "
        "segments.",
        "lower",
        0,
        ("money",),
        bounds=(0, None),
        main=True,
        of_all=True,
    ),
    Outcome(
        "acquisition_cost",
        "Acquisition cost",
        "money",
        "Money for bought arrivals.",
        "lower",
        0,
        ("acquisition",),
        bounds=(0, None),
        of_all=True,
    ),
    Outcome(
        "profit",
        "Profit",
        "money",
        "Margin of all goals reached, minus the margin of what is refunded, minus what those refunded goods cost that "
        "do not come back to be sold again (`goods_back` in `[money]`; all of them do unless it says otherwise), minus "
        "cost. For all customers together only.",
        "higher",
        0,
        ("money",),
        main=True,
        of_all=True,
        left_of=("revenue", "cost"),
    ),
    Outcome(
        "roi",
        "Return on cost",
        "ratio",
        "Profit divided by cost. Neither more nor less of it is better by itself: doing next to nothing has the "
        'highest. "Return on added cost" shows whether added cost pays. Absent where the cost is 0. For all customers '
        "together only.",
        None,
        2,
        ("money", "cost"),
        ratio_of=("profit", "cost"),
    ),
    Outcome(
        "clv",
        "Customer lifetime value to the end of the run",
        "money",
        "Margin from the first conversion to the end of the run, minus the margin of what is refunded and the cost of "
        "refunded goods that do not come back (as in profit), discounted to the day of that conversion; mean over the "
        "customers won. What they cost to win and serve is not taken off.",
        "higher",
        2,
        ("conversion", "earning"),
        factors=True,
        main=True,
    ),
    Outcome(
        "cost_per_acquisition",
        "Cost per customer won",
        "money",
        "Money spent on bought arrivals, also on those not won, per customer won among them.",
        "lower",
        2,
        ("acquisition", "conversion"),
        bounds=(0, None),
        factors=True,
        main=True,
    ),
    Outcome(
        "roas",
        "Return on ad spend",
        "ratio",
        "Revenue from bought arrivals, less refunds, divided by the money spent on them.",
        "higher",
        2,
        ("acquisition",),
        factors=True,
        main=True,
    ),
    Outcome(
        "pays_back_rate",
        "Pays back within the run",
        "share",
        "Share of runs at whose end the margin earned, less refunds as in profit, covers all cost: 1 for a run that "
        "does, 0 for one that does not. Absent where there is no cost. For all customers together only.",
        "higher",
        0,
        ("earning", "cost"),
        of_runs=True,
    ),
    Outcome(
        "payback_days",
        "Payback",
        "days",
        "Among the runs that pay back: days until the margin earned so far, less refunds as in profit, covers the cost "
        "so far and does so to the end of the run; to be read with the share of runs that do. Set-up counts at the "
        "start, monthly cost and agent hours evenly over the run.",
        "lower",
        0,
        ("earning", "cost"),
        among="pays_back_rate",
    ),
)
