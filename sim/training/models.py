"""The models: sums of weights, which the engine takes as scores, and trees, which show what adding up costs."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

Z95: Final = 1.959963984540054
"""Standard errors in half of a 95 % interval."""
_FOLLOWS = 1e-9
"""What is left of a column, as a share of it, where it follows from others"""


class MissingSklearnError(ImportError):
    """Training needs a library that is not installed."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__('training needs scikit-learn: install it with: pip install "journey-sandbox[train]"')


def check_sklearn() -> None:
    """Raise MissingSklearnError unless the library is there."""
    if find_spec("sklearn") is None:
        raise MissingSklearnError


@dataclass(frozen=True)
class Coefficient:
    """What one thing known counts, with its 95 % interval."""

    value: float
    lo: float
    hi: float


@dataclass(frozen=True)
class Model:
    """A weighted sum: of a chance the logit, of an amount the amount."""

    kind: Literal["chance", "amount"]
    intercept: Coefficient
    weights: dict[str, Coefficient]
    """by name; what is the same for everybody, or follows from the others, has none"""

    def score(self, known: Floats, names: tuple[str, ...]) -> Floats:
        """The score of each row."""
        weights = np.array([self.weights[name].value if name in self.weights else 0.0 for name in names])
        total = self.intercept.value + known @ weights
        return np.asarray(total if self.kind == "amount" else 1.0 / (1.0 + np.exp(-total)))


def fit_logistic(known: Floats, happened: Flags, names: tuple[str, ...]) -> Model:
    """The likeliest coefficients, without a penalty, and how well they are known."""
    from sklearn.linear_model import LogisticRegression

    tells, scaled, back = _scaled(known)
    if tells:
        model = LogisticRegression(C=np.inf, tol=1e-10, solver="newton-cholesky").fit(scaled, happened)
        own = np.concatenate([model.intercept_, model.coef_[0]])
    else:
        own = np.log([happened.mean() / (1.0 - happened.mean())])
    rows = np.column_stack([np.ones(len(scaled)), scaled])
    chance = 1.0 / (1.0 + np.exp(-rows @ own))
    information = rows.T @ (rows * (chance * (1.0 - chance))[:, None])
    return _model("chance", own, np.linalg.pinv(information), back, [names[k] for k in tells])


def fit_linear(known: Floats, amount: Floats, customer: NDArray[Any], names: tuple[str, ...]) -> Model:
    """Least squares, without a penalty; the looks of one customer, of equal `customer`, hang together."""
    tells, scaled, back = _scaled(known)
    rows = np.column_stack([np.ones(len(scaled)), scaled])
    bread = np.linalg.pinv(rows.T @ rows)
    own = bread @ (rows.T @ amount)
    _, whose = np.unique(customer, return_inverse=True)
    pulls = np.zeros((whose.max() + 1, rows.shape[1]))
    np.add.at(pulls, whose, rows * (amount - rows @ own)[:, None])
    return _model("amount", own, bread @ (pulls.T @ pulls) @ bread, back, [names[k] for k in tells])


def _scaled(known: Floats) -> tuple[list[int], Floats, Floats]:
    """The columns that tell something, these scaled alike, and what leads coefficients back to them as they are."""
    tells = _tells(known)
    mean, sd = known[:, tells].mean(axis=0), known[:, tells].std(axis=0)
    back = np.eye(len(tells) + 1)
    back[0, 1:] = -mean / sd
    back[1:, 1:] = np.diag(1.0 / sd)
    return tells, (known[:, tells] - mean) / sd, back


def _model(kind: Literal["chance", "amount"], own: Floats, covariance: Floats, back: Floats, names: list[str]) -> Model:
    errors = np.sqrt(np.diag(back @ covariance @ back.T))
    found = [
        Coefficient(float(value), float(value - Z95 * error), float(value + Z95 * error))
        for value, error in zip(back @ own, errors, strict=True)
    ]
    return Model(kind, found[0], dict(zip(names, found[1:], strict=True)))


def _tells(known: Floats) -> list[int]:
    """The columns that are neither the same everywhere nor follow from the ones before them."""
    tells: list[int] = []
    basis = np.ones((len(known), 1)) / np.sqrt(len(known))
    for column, values in enumerate(known.T):
        left = values - basis @ (basis.T @ values)
        size = np.linalg.norm(left)
        if size > _FOLLOWS * np.linalg.norm(values):
            tells.append(column)
            basis = np.column_stack([basis, left / size])
    return tells


def fit_trees(known: Floats, happened: Flags) -> Callable[[Floats], Floats]:
    """Boosted trees, which take whatever shape the truth has; what scores rows."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(max_iter=100, learning_rate=0.08, max_leaf_nodes=15, random_state=0)
    model.fit(known, happened)
    return lambda rows: np.asarray(model.predict_proba(rows)[:, 1])


def fit_trees_to_amounts(known: Floats, amount: Floats) -> Callable[[Floats], Floats]:
    """The same for amounts."""
    from sklearn.ensemble import HistGradientBoostingRegressor

    model = HistGradientBoostingRegressor(max_iter=100, learning_rate=0.08, max_leaf_nodes=15, random_state=0)
    model.fit(known, amount)
    return lambda rows: np.asarray(model.predict(rows))
