"""An event log made from the Complete Journey data: `python -m tests.fit.completejourney FOLDER LOG.csv`.

Source: 84.51°, "The Complete Journey 2.0", as packaged by the R library completejourney (CC0).

A case is one household's contact by one campaign. Its events: `contacted`, on the day the campaign starts; `basket`,
each purchase of the household in the sample of transactions until the campaign ends; `redeemed`, each day on which the
household redeems coupons of the campaign. Dates without a clock stand for midnight. Campaigns that started before the
first transaction are left out, for what followed their contacts is not on record.
"""

import sys
from pathlib import Path

import duckdb


def make_log(folder: Path, target: Path) -> int:
    """Write the event log as CSV (case, activity, time) and return its number of events."""

    def table(name: str) -> str:
        return "read_csv('" + str(folder / f"{name}.csv.gz").replace("'", "''") + "')"

    with duckdb.connect() as connection:
        connection.execute(
            f"""
            CREATE TABLE contacts AS
            SELECT household_id, campaign_id, household_id || '-' || campaign_id AS "case", start_date, end_date
            FROM {table("campaigns")} AS contact JOIN {table("campaign_descriptions")} AS campaign USING (campaign_id)
            WHERE start_date >= (SELECT min(transaction_timestamp) FROM {table("transactions_sample")})
            """
        )
        connection.execute(
            f"""
            CREATE TABLE events AS
            SELECT "case", 'contacted' AS activity, CAST(start_date AS TIMESTAMP) AS time, 0 AS rank FROM contacts
            UNION ALL
            SELECT "case", 'basket', transaction_timestamp, 1
            FROM contacts JOIN (
                SELECT DISTINCT household_id, basket_id, transaction_timestamp FROM {table("transactions_sample")}
            ) USING (household_id)
            WHERE transaction_timestamp >= start_date AND transaction_timestamp < end_date + INTERVAL 1 DAY
            UNION ALL
            SELECT DISTINCT "case", 'redeemed', CAST(redemption_date AS TIMESTAMP), 2
            FROM contacts JOIN {table("coupon_redemptions")} AS redemption USING (household_id, campaign_id)
            WHERE redemption_date >= start_date
            """
        )
        connection.execute(
            f"""
            COPY (SELECT "case", activity, time FROM events ORDER BY "case", time, rank)
            TO '{str(target).replace("'", "''")}' (HEADER)
            """
        )
        (events,) = connection.execute("SELECT count(*) FROM events").fetchone() or (0,)
    return int(events)


def make_baskets(folder: Path, target: Path) -> int:
    """Write another log as CSV (case, activity, time): each household's baskets in the sample; returns their number."""
    transactions = str(folder / "transactions_sample.csv.gz").replace("'", "''")
    with duckdb.connect() as connection:
        connection.execute(
            f"""
            CREATE TABLE baskets AS
            SELECT DISTINCT household_id AS "case", 'basket' AS activity, basket_id, transaction_timestamp AS time
            FROM read_csv('{transactions}')
            """
        )
        connection.execute(
            f"""COPY (SELECT * FROM baskets ORDER BY "case", time) TO '{str(target).replace("'", "''")}' (HEADER)"""
        )
        (baskets,) = connection.execute("SELECT count(*) FROM baskets").fetchone() or (0,)
    return int(baskets)


if __name__ == "__main__":
    print(f"{make_log(Path(sys.argv[1]), Path(sys.argv[2])):,} events")
