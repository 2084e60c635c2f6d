//! Ranges: `postgres_range`'s towards PostgreSQL, pairs of optional bounds towards components.

use postgres_range::{BoundSided, BoundType, Normalizable, Range, RangeBound};

use crate::bindings::spin::postgres::postgres::RangeBoundKind;

/// The lower and the upper bound; `None` is unbounded.
pub(super) type WitRange<T> = (Option<(T, RangeBoundKind)>, Option<(T, RangeBoundKind)>);

/// `range` as components see it, its values turned by `value`.
pub(super) fn to_wit<T, W>(range: &Range<T>, value: impl Fn(&T) -> W) -> WitRange<W>
where
    T: PartialOrd + Normalizable,
{
    fn bound<S: BoundSided, T, W>(bound: &RangeBound<S, T>, value: impl Fn(&T) -> W) -> (W, RangeBoundKind) {
        let kind = match bound.type_ {
            BoundType::Inclusive => RangeBoundKind::Inclusive,
            BoundType::Exclusive => RangeBoundKind::Exclusive,
        };
        (value(&bound.value), kind)
    }
    (range.lower().map(|lower| bound(lower, &value)), range.upper().map(|upper| bound(upper, &value)))
}

/// A component's `range`, its values turned by `value`.
pub(super) fn from_wit<W, T>(
    range: WitRange<W>,
    value: impl Fn(W) -> Result<T, String>,
) -> Result<Range<T>, String>
where
    T: PartialOrd + Normalizable,
{
    fn bound<S: BoundSided, T: PartialOrd>(value: T, kind: RangeBoundKind) -> RangeBound<S, T> {
        let kind = match kind {
            RangeBoundKind::Inclusive => BoundType::Inclusive,
            RangeBoundKind::Exclusive => BoundType::Exclusive,
        };
        RangeBound::new(value, kind)
    }
    let (lower, upper) = range;
    let lower = lower.map(|(lower, kind)| value(lower).map(|lower| bound(lower, kind))).transpose()?;
    let upper = upper.map(|(upper, kind)| value(upper).map(|upper| bound(upper, kind))).transpose()?;
    Ok(Range::new(lower, upper))
}
