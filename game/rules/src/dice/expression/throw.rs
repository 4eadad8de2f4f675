//! Throws an expression, and keeps what became of each die.

use super::{DICE_MAX, Expression, ExpressionError, Node, Selector, Step, UNIT, in_thousandths};

/// What an expression came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Throw {
    /// The result.
    pub total: i64,
    /// Each lot of dice, in the order of the text.
    pub terms: Vec<ThrownTerm>,
}

/// One lot of dice of an expression, such as `4d6kh3`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThrownTerm {
    /// The lot as written.
    pub text: String,
    /// Its label, such as `fire`.
    pub label: Option<String>,
    /// The sum of the dice that count.
    pub total: i64,
    /// Each die in the order it fell.
    pub dice: Vec<ThrownDie>,
    /// Whether an enclosing set kept it.
    pub kept: bool,
}

/// One die.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ThrownDie {
    /// Number of sides.
    pub sides: u32,
    /// What it shows.
    pub face: i64,
    /// What it counts for, which `mi` and `ma` may have changed.
    pub value: i64,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a die.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It counts.
    Kept,
    /// A keep or drop put it aside.
    Dropped,
    /// Another die was thrown in its place.
    Rerolled,
}

impl Expression {
    /// Throws all dice. `die` is called once a die with the number of sides and gives a value in `1..=sides`.
    ///
    /// # Errors
    ///
    /// Too many dice, a number out of bounds, a division by zero.
    pub fn throw(&self, die: impl FnMut(u32) -> u32) -> Result<Throw, ExpressionError> {
        let mut table = Table { die, thrown: 0, terms: Vec::new() };
        let total = table.value(&self.root, None)?;
        Ok(Throw { total: total.div_euclid(UNIT), terms: table.terms })
    }
}

struct Table<F> {
    die: F,
    thrown: u32,
    terms: Vec<ThrownTerm>,
}

impl<F: FnMut(u32) -> u32> Table<F> {
    /// What a part comes to, in thousandths.
    fn value(&mut self, node: &Node, label: Option<&str>) -> Result<i64, ExpressionError> {
        match node {
            Node::Number(number) => Ok(*number),
            Node::Negative(inner) => self.value(inner, label).map(|value| -value),
            Node::Labelled { node, label } => self.value(node, Some(label)),
            Node::Binary { operator, left, right } => {
                let left = self.value(left, label)?;
                operator.apply(left, self.value(right, label)?)
            }
            Node::Set { members, steps } => match lot_of(node) {
                Some(lot) => self.lot(&lot, node, label),
                None => self.set(members, steps, label),
            },
            Node::Dice { count, sides, steps } => self.lot(&Lot::plain(*count, *sides, steps), node, label),
        }
    }

    fn lot(&mut self, lot: &Lot<'_>, node: &Node, label: Option<&str>) -> Result<i64, ExpressionError> {
        let mut dice = self.dice(lot.count, lot.sides, lot.own)?;
        lot.around.iter().for_each(|steps| keep_dice(steps, &mut dice));
        let total = dice.iter().filter(|die| die.fate == Fate::Kept).map(|die| die.value).sum();
        self.terms.push(ThrownTerm {
            text: node.to_string(),
            label: label.map(str::to_owned),
            total,
            dice,
            kept: true,
        });
        Ok(total * UNIT)
    }

    /// A set's members are kept or dropped by their values; the dice of dropped members are marked.
    fn set(&mut self, members: &[Node], steps: &[Step], label: Option<&str>) -> Result<i64, ExpressionError> {
        let mut lots = Vec::new();
        let mut values = Vec::new();
        for member in members {
            let first = self.terms.len();
            values.push(self.value(member, label)?);
            lots.push(first..self.terms.len());
        }
        let mut kept = vec![true; values.len()];
        sift(&in_thousandths(steps), &values, &mut kept, |_| {});
        for (lot, _) in lots.into_iter().zip(&kept).filter(|(_, kept)| !**kept) {
            self.terms[lot].iter_mut().for_each(|term| term.kept = false);
        }
        Ok(values.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(value, _)| value).sum())
    }

    fn dice(&mut self, count: u32, sides: u32, steps: &[Step]) -> Result<Vec<ThrownDie>, ExpressionError> {
        let mut dice = Vec::new();
        for _ in 0..count {
            dice.push(self.throw_one(sides)?);
        }
        let mut rest = steps;
        while let Some((&step, after)) = rest.split_first() {
            match step {
                Step::Keep(_) | Step::Drop(_) => {
                    let run = keeps_at_front(rest);
                    keep_dice(&rest[..run], &mut dice);
                    rest = &rest[run..];
                    continue;
                }
                Step::RerollAll(selector) => loop {
                    let picked = pick(selector, &dice);
                    if picked.is_empty() {
                        break;
                    }
                    self.reroll(&picked, &mut dice)?;
                },
                Step::RerollOnce(selector) => self.reroll(&pick(selector, &dice), &mut dice)?,
                Step::RerollAdd(selector) => {
                    if !pick(selector, &dice).is_empty() {
                        dice.push(self.throw_one(sides)?);
                    }
                }
                Step::Explode(selector) => self.explode(selector, &mut dice)?,
                Step::Minimum(least) => counting(&mut dice).for_each(|die| die.value = die.value.max(least)),
                Step::Maximum(most) => counting(&mut dice).for_each(|die| die.value = die.value.min(most)),
            }
            rest = after;
        }
        Ok(dice)
    }

    fn reroll(&mut self, picked: &[usize], dice: &mut Vec<ThrownDie>) -> Result<(), ExpressionError> {
        for &index in picked {
            dice[index].fate = Fate::Rerolled;
            dice.push(self.throw_one(dice[index].sides)?);
        }
        Ok(())
    }

    /// Each picked die brings another, and those count as well.
    fn explode(&mut self, selector: Selector, dice: &mut Vec<ThrownDie>) -> Result<(), ExpressionError> {
        let mut fresh = pick(selector, dice);
        while let Some(index) = fresh.pop() {
            let thrown = self.throw_one(dice[index].sides)?;
            dice.push(thrown);
            if selector.picks(thrown.value) == Some(true) {
                fresh.push(dice.len() - 1);
            }
        }
        Ok(())
    }

    fn throw_one(&mut self, sides: u32) -> Result<ThrownDie, ExpressionError> {
        self.thrown += 1;
        if self.thrown > DICE_MAX {
            return Err(ExpressionError::TooManyDice);
        }
        let face = i64::from((self.die)(sides).clamp(1, sides));
        Ok(ThrownDie { sides, face, value: face, fate: Fate::Kept })
    }
}

/// Dice with their steps, and with the keeps and drops of the parentheses around them, from within.
pub(super) struct Lot<'e> {
    pub(super) count: u32,
    pub(super) sides: u32,
    pub(super) own: &'e [Step],
    pub(super) around: Vec<&'e [Step]>,
}

impl<'e> Lot<'e> {
    pub(super) const fn plain(count: u32, sides: u32, own: &'e [Step]) -> Self {
        Self { count, sides, own, around: Vec::new() }
    }
}

/// A node as one lot of dice: of parentheses around dice alone, what they keep and drop are the dice that the inner ones left.
pub(super) fn lot_of(node: &Node) -> Option<Lot<'_>> {
    match node {
        Node::Dice { count, sides, steps } => Some(Lot::plain(*count, *sides, steps)),
        Node::Set { members, steps } => {
            let [member] = members.as_slice() else { return None };
            let mut lot = lot_of(member)?;
            lot.around.push(steps);
            Some(lot)
        }
        _ => None,
    }
}

fn counting(dice: &mut [ThrownDie]) -> impl Iterator<Item = &mut ThrownDie> {
    dice.iter_mut().filter(|die| die.fate == Fate::Kept)
}

fn keep_dice(steps: &[Step], dice: &mut [ThrownDie]) {
    let values: Vec<i64> = dice.iter().map(|die| die.value).collect();
    let mut kept: Vec<bool> = dice.iter().map(|die| die.fate == Fate::Kept).collect();
    sift(steps, &values, &mut kept, |index| dice[index].fate = Fate::Dropped);
}

/// How many keeps and drops stand at the front.
pub(super) fn keeps_at_front(steps: &[Step]) -> usize {
    steps.iter().take_while(|step| matches!(step, Step::Keep(_) | Step::Drop(_))).count()
}

/// The dice that count and that a selector picks.
fn pick(selector: Selector, dice: &[ThrownDie]) -> Vec<usize> {
    let values: Vec<i64> = dice.iter().map(|die| die.value).collect();
    let kept: Vec<bool> = dice.iter().map(|die| die.fate == Fate::Kept).collect();
    picked(selector, &values, &kept)
}

/// Goes through keeps and drops. Neighbours of one kind work together: `kh1kl1` keeps the highest and the lowest.
pub(super) fn sift(steps: &[Step], values: &[i64], kept: &mut [bool], mut dropped: impl FnMut(usize)) {
    for run in steps.chunk_by(|one, other| matches!(one, Step::Keep(_)) == matches!(other, Step::Keep(_))) {
        let keeps = matches!(run, [Step::Keep(_), ..]);
        let mut chosen = vec![false; values.len()];
        for step in run {
            let (Step::Keep(selector) | Step::Drop(selector)) = step else { continue };
            picked(*selector, values, kept).into_iter().for_each(|index| chosen[index] = true);
        }
        for index in 0..values.len() {
            if kept[index] && chosen[index] != keeps {
                kept[index] = false;
                dropped(index);
            }
        }
    }
}

fn picked(selector: Selector, values: &[i64], kept: &[bool]) -> Vec<usize> {
    let mut open: Vec<usize> = (0..values.len()).filter(|&index| kept[index]).collect();
    match selector {
        Selector::Highest(count) => {
            open.sort_by_key(|&index| std::cmp::Reverse(values[index]));
            open.truncate(count as usize);
        }
        Selector::Lowest(count) => {
            open.sort_by_key(|&index| values[index]);
            open.truncate(count as usize);
        }
        _ => open.retain(|&index| selector.picks(values[index]) == Some(true)),
    }
    open
}
