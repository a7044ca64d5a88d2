"""Addresses such as `channels.email.mix`: how they are written, values looked up and set by them."""
