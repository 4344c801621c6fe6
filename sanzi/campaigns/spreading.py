"""A total shared among villages by what each has of a figure, to the last unit. No framework.

What does not divide goes to the largest remainders, the earlier code first, so that the shares
add up to the total and anybody who spreads it again gets the same.
"""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from sanzi.kernel.refusals import Invalid


def spread(total: Decimal, weights: Mapping[str, int], step: Decimal) -> dict[str, Decimal]:
    """Shares of `total` (a multiple of `step`) by weight; a region without weight gets nothing.

    Raises Invalid for a total finer than the step, a negative one, or weights that are nothing.
    """
    units = total / step
    if units != units.to_integral_value() or units < 0:
        raise Invalid("targets.total", f"总目标应是不小于零的数，最小单位 {step.normalize():f}")
    kept = {code: weight for code, weight in sorted(weights.items()) if weight > 0}
    whole = sum(kept.values())
    if not whole:
        raise Invalid("targets.weights", "所选的依据在各村都是零，不能按它分摊；请换一个依据")
    quotas = {code: Fraction(int(units) * weight, whole) for code, weight in kept.items()}
    shares = {code: int(quota) for code, quota in quotas.items()}
    left = int(units) - sum(shares.values())
    # Sorted by remainder and then, because the sort is stable, by code.
    for code in sorted(kept, key=lambda code: shares[code] - quotas[code])[:left]:
        shares[code] += 1
    return {code: shares.get(code, 0) * step for code in sorted(weights)}
