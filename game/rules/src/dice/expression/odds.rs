//! The exact chances of an expression: every total that can come up, and how often.
//!
//! Dice that are kept or dropped by rank depend on each other, so those are counted through, hand by hand: all ways in which the
//! faces can fall, regardless of order. What would take too long, or has no end, is refused.

use std::collections::BTreeMap;

use super::throw::{Lot, keeps_at_front, lot_of, sift};
use super::{Expression, ExpressionError, Node, Operator, Selector, Step, UNIT, in_thousandths};

/// Most different totals of one part.
const TOTALS_MAX: usize = 20_000;
/// Most steps of work for one expression.
const WORK_MAX: u64 = 5_000_000;
/// Explosions that are rarer than this are left out: there is no end to them.
const RARE: f64 = 1e-12;
/// The same for a shorter look, which tells at which end there is none: there the longer one sees further.
const RARE_IN_SHORT: f64 = 1e-6;

/// The chances of each total of an expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Odds {
    chances: BTreeMap<i64, f64>,
    open_below: bool,
    open_above: bool,
}

impl Odds {
    /// Each total and its chance, rising. The chances add up to 1.
    pub fn chances(&self) -> impl Iterator<Item = (i64, f64)> {
        self.chances.iter().map(|(&total, &chance)| (total, chance))
    }

    /// Whether there is no least total: dice that are taken off may explode without an end. What is rarer than one in a
    /// million million is left out then.
    #[must_use]
    pub const fn is_open_below(&self) -> bool {
        self.open_below
    }

    /// Whether there is no greatest total: dice may explode without an end. What is rarer than one in a million million is
    /// left out then.
    #[must_use]
    pub const fn is_open_above(&self) -> bool {
        self.open_above
    }

    /// The least and the most that can come up; where an end is open, the furthest that is not left out.
    #[must_use]
    pub fn range(&self) -> (i64, i64) {
        let least = self.chances.first_key_value().map_or(0, |(&total, _)| total);
        let most = self.chances.last_key_value().map_or(0, |(&total, _)| total);
        (least, most)
    }

    /// The mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.chances().map(|(total, chance)| total as f64 * chance).sum()
    }

    /// The mean square of the distance to the mean.
    #[must_use]
    pub fn variance(&self) -> f64 {
        let mean = self.mean();
        self.chances().map(|(total, chance)| (total as f64 - mean).powi(2) * chance).sum()
    }

    /// The chance of this total or more.
    #[must_use]
    pub fn at_least(&self, total: i64) -> f64 {
        self.chances.range(total..).map(|(_, chance)| chance).sum()
    }
}

impl Expression {
    /// The exact chances.
    ///
    /// # Errors
    ///
    /// A reroll that never ends, too many outcomes, a number out of bounds.
    pub fn odds(&self) -> Result<Odds, ExpressionError> {
        let (chances, explodes) = self.chances(RARE)?;
        let mut odds = Odds { chances, open_below: false, open_above: false };
        if explodes {
            let (least, most) = odds.range();
            let (chances, _) = self.chances(RARE_IN_SHORT)?;
            let in_short = Odds { chances, open_below: false, open_above: false };
            let (least_in_short, most_in_short) = in_short.range();
            odds.open_below = least < least_in_short;
            odds.open_above = most > most_in_short;
        }
        Ok(odds)
    }

    /// The chances, explosions that are rarer than `rare` left out, and whether there are any.
    fn chances(&self, rare: f64) -> Result<(Chances, bool), ExpressionError> {
        let mut reckoner = Reckoner { work: 0, rare, explodes: false };
        let chances = moved(&reckoner.node(&self.root)?, |total| total.div_euclid(UNIT));
        Ok((chances, reckoner.explodes))
    }
}

type Chances = BTreeMap<i64, f64>;

struct Reckoner {
    work: u64,
    rare: f64,
    explodes: bool,
}

impl Reckoner {
    /// The chances of a part, in thousandths.
    fn node(&mut self, node: &Node) -> Result<Chances, ExpressionError> {
        match node {
            Node::Number(number) => Ok(Chances::from([(*number, 1.0)])),
            Node::Labelled { node, .. } => self.node(node),
            Node::Negative(inner) => {
                Ok(self.node(inner)?.into_iter().map(|(total, chance)| (-total, chance)).collect())
            }
            Node::Binary { operator, left, right } => {
                let left = self.node(left)?;
                let right = self.node(right)?;
                self.combine(*operator, &left, &right)
            }
            Node::Set { members, steps } => match lot_of(node) {
                Some(lot) => self.lot(&lot).map(|chances| moved(&chances, |total| total * UNIT)),
                None => self.set(members, steps),
            },
            Node::Dice { count, sides, steps } => {
                let chances = self.lot(&Lot::plain(*count, *sides, steps))?;
                Ok(moved(&chances, |total| total * UNIT))
            }
        }
    }

    fn combine(
        &mut self,
        operator: Operator,
        left: &Chances,
        right: &Chances,
    ) -> Result<Chances, ExpressionError> {
        self.spend(left.len() as u64 * right.len() as u64)?;
        let mut both = Chances::new();
        for (&a, &chance_a) in left {
            for (&b, &chance_b) in right {
                *both.entry(operator.apply(a, b)?).or_default() += chance_a * chance_b;
            }
        }
        if both.len() > TOTALS_MAX { Err(ExpressionError::OddsOutOfReach) } else { Ok(both) }
    }

    /// The sum of two.
    fn sum(&mut self, left: &Chances, right: &Chances) -> Result<Chances, ExpressionError> {
        self.combine(Operator::Add, left, right)
    }

    fn set(&mut self, members: &[Node], steps: &[Step]) -> Result<Chances, ExpressionError> {
        let members: Vec<Chances> =
            members.iter().map(|member| self.node(member)).collect::<Result<_, _>>()?;
        if steps.is_empty() {
            let nothing = Chances::from([(0, 1.0)]);
            return members.iter().try_fold(nothing, |sum, member| self.sum(&sum, member));
        }
        let hands = members.iter().try_fold(1_u64, |hands, member| hands.checked_mul(member.len() as u64));
        self.spend(hands.unwrap_or(u64::MAX).saturating_mul(members.len() as u64))?;
        let steps = in_thousandths(steps);
        let mut chances = Chances::new();
        let mut values = Vec::new();
        each_set(&members, &mut values, 1.0, &mut |values, chance| {
            *chances.entry(total_of(&[&steps], values)).or_default() += chance;
        });
        Ok(chances)
    }

    fn lot(&mut self, lot: &Lot<'_>) -> Result<Chances, ExpressionError> {
        let &Lot { count, sides, own: steps, .. } = lot;
        let fresh = fair(sides);
        let mut face = fresh.clone();
        let per_die = steps.iter().take_while(|step| looks_at_one_die(**step)).count();
        for step in &steps[..per_die] {
            face = change_face(*step, &face, sides)?;
        }
        let keeps = &steps[per_die..];
        let is_last = keeps.len() == 1 && lot.around.iter().all(|steps| steps.is_empty());
        match keeps.first() {
            Some(Step::RerollAdd(selector)) if is_last => {
                return self.one_more(*selector, count, &face, &fresh);
            }
            Some(Step::Explode(selector)) if is_last => {
                return self.exploding(*selector, count, &face, &fresh);
            }
            _ => {}
        }
        // What comes after a keep looks at a hand of dice, not at one die.
        if keeps_at_front(keeps) < keeps.len() {
            return Err(ExpressionError::OddsOutOfReach);
        }
        let all: Vec<&[Step]> = std::iter::once(keeps).chain(lot.around.iter().copied()).collect();
        if all.iter().all(|steps| steps.is_empty()) {
            self.sum_of(count, &face)
        } else {
            self.kept(count, &face, &all)
        }
    }

    /// The sum of equal dice, by doubling.
    fn sum_of(&mut self, count: u32, face: &Chances) -> Result<Chances, ExpressionError> {
        let mut sum = Chances::from([(0, 1.0)]);
        let mut power = face.clone();
        let mut left = count;
        while left > 0 {
            if left & 1 == 1 {
                sum = self.sum(&sum, &power)?;
            }
            left >>= 1;
            if left > 0 {
                power = self.sum(&power, &power)?;
            }
        }
        Ok(sum)
    }

    /// Dice and one more, if any of them is picked.
    fn one_more(
        &mut self,
        selector: Selector,
        count: u32,
        face: &Chances,
        fresh: &Chances,
    ) -> Result<Chances, ExpressionError> {
        if let Selector::Highest(many) | Selector::Lowest(many) = selector {
            let all = self.sum_of(count, face)?;
            return if count.min(many) > 0 { self.sum(&all, fresh) } else { Ok(all) };
        }
        let (picked, others) = parted(face, selector);
        // Sums of dice of which none was picked yet, and of those of which one was.
        let (mut none, mut some) = (Chances::from([(0, 1.0)]), Chances::new());
        for _ in 0..count {
            some = joined(self.sum(&some, face)?, self.sum(&none, &picked)?);
            none = self.sum(&none, &others)?;
        }
        Ok(joined(none, self.sum(&some, fresh)?))
    }

    /// Dice that bring another for each that is picked, and so on.
    fn exploding(
        &mut self,
        selector: Selector,
        count: u32,
        face: &Chances,
        fresh: &Chances,
    ) -> Result<Chances, ExpressionError> {
        // By rank only the first dice are picked, never those that they bring.
        if let Selector::Highest(many) | Selector::Lowest(many) = selector {
            let (all, more) = (self.sum_of(count, face)?, self.sum_of(count.min(many), fresh)?);
            return self.sum(&all, &more);
        }
        let (mut going_on, mut ended) = parted(face, selector);
        let (picked, others) = parted(fresh, selector);
        while going_on.values().sum::<f64>() > self.rare {
            if others.is_empty() {
                return Err(ExpressionError::TooManyDice);
            }
            self.explodes |= !picked.is_empty();
            ended = joined(ended, self.sum(&going_on, &others)?);
            going_on = self.sum(&going_on, &picked)?;
        }
        self.sum_of(count, &ended)
    }

    fn kept(&mut self, count: u32, face: &Chances, keeps: &[&[Step]]) -> Result<Chances, ExpressionError> {
        self.spend(hands(u64::from(count), face.len() as u64).saturating_mul(u64::from(count)))?;
        let faces: Vec<(i64, f64)> = face.iter().map(|(&value, &chance)| (value, chance)).collect();
        let mut chances = Chances::new();
        let mut hand = Vec::new();
        each_hand(&faces, count, &mut hand, 1.0, &mut |hand, chance| {
            *chances.entry(total_of(keeps, hand)).or_default() += chance;
        });
        Ok(chances)
    }

    fn spend(&mut self, work: u64) -> Result<(), ExpressionError> {
        self.work = self.work.saturating_add(work);
        if self.work > WORK_MAX { Err(ExpressionError::OddsOutOfReach) } else { Ok(()) }
    }
}

/// A die of which every face is as likely.
fn fair(sides: u32) -> Chances {
    (1..=i64::from(sides)).map(|face| (face, 1.0 / f64::from(sides))).collect()
}

/// Whether a step changes each die by itself and brings no further one.
const fn looks_at_one_die(step: Step) -> bool {
    !matches!(step, Step::Keep(_) | Step::Drop(_) | Step::RerollAdd(_) | Step::Explode(_))
}

/// The faces that are picked, and the others, each with its chance.
fn parted(face: &Chances, selector: Selector) -> (Chances, Chances) {
    face.iter().partition(|(value, _)| selector.picks(**value) == Some(true))
}

/// One or the other, whose chances are parts of one whole.
fn joined(mut one: Chances, other: Chances) -> Chances {
    for (total, chance) in other {
        *one.entry(total).or_default() += chance;
    }
    one
}

/// What a step makes of the chances of a single die.
fn change_face(step: Step, face: &Chances, sides: u32) -> Result<Chances, ExpressionError> {
    let (selector, once) = match step {
        Step::Minimum(least) => return Ok(moved(face, |value| value.max(least))),
        Step::Maximum(most) => return Ok(moved(face, |value| value.min(most))),
        Step::RerollAll(selector) => (selector, false),
        Step::RerollOnce(selector) => (selector, true),
        _ => return Err(ExpressionError::OddsOutOfReach),
    };
    let mut stays = Chances::new();
    let mut again = 0.0;
    for (&value, &chance) in face {
        match selector.picks(value) {
            Some(true) => again += chance,
            Some(false) => *stays.entry(value).or_default() += chance,
            None => return Err(ExpressionError::OddsOutOfReach),
        }
    }
    if once {
        for value in 1..=i64::from(sides) {
            *stays.entry(value).or_default() += again / f64::from(sides);
        }
        stays.retain(|_, chance| *chance > 0.0);
        return Ok(stays);
    }
    if again == 0.0 {
        return Ok(stays);
    }
    // A die that is thrown until none is picked ends on any fresh face that is not picked.
    let fresh: Vec<i64> =
        (1..=i64::from(sides)).filter(|&value| selector.picks(value) == Some(false)).collect();
    if fresh.is_empty() {
        return Err(ExpressionError::TooManyDice);
    }
    for value in &fresh {
        *stays.entry(*value).or_default() += again / fresh.len() as f64;
    }
    Ok(stays)
}

fn moved(face: &Chances, change: impl Fn(i64) -> i64) -> Chances {
    let mut result = Chances::new();
    for (&value, &chance) in face {
        *result.entry(change(value)).or_default() += chance;
    }
    result
}

fn total_of(keeps: &[&[Step]], values: &[i64]) -> i64 {
    let mut kept = vec![true; values.len()];
    keeps.iter().for_each(|steps| sift(steps, values, &mut kept, |_| {}));
    values.iter().zip(kept).filter(|(_, kept)| *kept).map(|(value, _)| value).sum()
}

/// Every choice of one value from each member.
fn each_set(members: &[Chances], values: &mut Vec<i64>, chance: f64, visit: &mut impl FnMut(&[i64], f64)) {
    let Some((first, rest)) = members.split_first() else { return visit(values, chance) };
    for (&value, &its_chance) in first {
        values.push(value);
        each_set(rest, values, chance * its_chance, visit);
        values.pop();
    }
}

/// Every hand of `open` more dice regardless of order, with the chance of all orders together.
fn each_hand(
    faces: &[(i64, f64)],
    open: u32,
    hand: &mut Vec<i64>,
    chance: f64,
    visit: &mut impl FnMut(&[i64], f64),
) {
    let Some((&(value, its_chance), rest)) = faces.split_first() else {
        if open == 0 {
            visit(hand, chance);
        }
        return;
    };
    let start = hand.len();
    let mut weight = chance;
    for many in 0..=open {
        if many > 0 {
            hand.push(value);
            // One more die of this face: choose its place among those that are left.
            weight *= its_chance * f64::from(open - many + 1) / f64::from(many);
        }
        if !rest.is_empty() || many == open {
            each_hand(rest, open - many, hand, weight, visit);
        }
    }
    hand.truncate(start);
}

/// How many hands of dice there are: `count + faces - 1` over `faces - 1`.
fn hands(count: u64, faces: u64) -> u64 {
    let mut hands = 1_u64;
    for step in 1..faces {
        hands = hands.saturating_mul(count + step) / step;
        if hands > WORK_MAX {
            return u64::MAX;
        }
    }
    hands
}
