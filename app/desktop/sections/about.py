"""What each section of the settings is for, in words that need no glossary."""

from __future__ import annotations

from typing import Final

ABOUT: Final = {
    "population": "How many customers each replication simulates, and when they arrive.",
    "activity": "At which hours of the week people are active. Waiting passes faster in busy hours than at night.",
    "segments": "Groups of customers who differ in what they like and how they decide. Without any, all are alike.",
    "stages": "The columns of the canvas, from the first contact to loyalty. Without any, there are six usual ones.",
    "surveys": "Questions put to customers at touchpoints: NPS, CSAT or CES.",
    "behaviour": "How experiences change the way customers feel, and how strongly they stick to the channel they "
    "are on.",
    "coefficients": "What makes customers take one transition rather than another: forward, sideways or out.",
    "channels": "Where brand and customers meet: what contacts cost, how messages are received, and paid acquisition.",
    "desks": "People who serve one customer at a time: when they work and how long they take. Others wait in a queue.",
    "integration": "How well the channels work together: whether customers must start again when they change channels, "
    "and whether what is seen on one sets off messages on another.",
    "identity": "What customers leave behind on each channel, and how the brand finds out which records are of one "
    "person. Without it, the brand knows.",
    "personalization": "How closely contacts fit each customer, what the brand must know for that, and what it brings.",
    "orchestration": "Who decides what is sent, and within which limits: caps on messages, a budget, a holdout.",
    "scores": "Chances, or what somebody is worth, that the brand computes of each customer; rules can look at them.",
    "actions": "What can be sent, shown or offered to customers. Rules and broadcasts choose among these.",
    "gains": "What actions bring, by channel, segment and stage, as a pilot found it. Next best action goes by it.",
    "rules": "When something happens, and the conditions are met, take an action.",
    "broadcasts": "Actions sent to many customers at once, on a date.",
    "seasons": "Values that are others in some months of every year, such as prices in December.",
    "shocks": "Values that outside events change for a while, such as a strike or a price war.",
    "phases": "Values that change on a date and stay so, such as the start of a new campaign.",
    "referrals": "Satisfied customers who bring friends: where, how many, and how soon.",
    "scenario": "What this journey is called, how long it is simulated, and in which currency.",
    "experiment": "How often the journey is simulated, and how precise the result should be.",
    "arms": "What is compared: each arm changes some values. All others are compared with the first.",
    "money": "Refunds, and costs and interest that belong to no channel, action or desk.",
    "fitted": "The event log that the journey was fitted to, and how long it is.",
    "uncertainty": "Values that are not known exactly, each with its likely range.",
}
"""By the ids of sections."""
