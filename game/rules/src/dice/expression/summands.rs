//! What an expression adds up: each part with its label, for whoever shows where a result comes from.

use super::{Expression, Node, Operator};

/// One part of a sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summand {
    /// It is taken off.
    pub negative: bool,
    /// The part as written, without its label.
    pub text: String,
    /// Where it comes from, if the expression says so: `Strength` of `3 [Strength]`.
    pub label: Option<String>,
    /// How many lots of dice are in it: so many of a throw's terms belong to it.
    pub lots: usize,
}

impl Expression {
    /// The parts that it adds up, in the order of the text. What is no sum is one part.
    #[must_use]
    pub fn summands(&self) -> Vec<Summand> {
        let mut found = Vec::new();
        gather(&self.root, false, &mut found);
        found
    }
}

fn gather(node: &Node, negative: bool, found: &mut Vec<Summand>) {
    match node {
        Node::Binary { operator: Operator::Add, left, right } => {
            gather(left, negative, found);
            gather(right, negative, found);
        }
        Node::Binary { operator: Operator::Subtract, left, right } => {
            gather(left, negative, found);
            gather(right, !negative, found);
        }
        Node::Negative(inner) => gather(inner, !negative, found),
        Node::Labelled { node, label } => {
            found.push(summand(node, negative, Some(label.clone())));
        }
        Node::Number(_) | Node::Dice { .. } | Node::Set { .. } | Node::Binary { .. } => {
            found.push(summand(node, negative, None));
        }
    }
}

fn summand(node: &Node, negative: bool, label: Option<String>) -> Summand {
    Summand { negative, text: node.to_string(), label, lots: lots(node) }
}

fn lots(node: &Node) -> usize {
    match node {
        Node::Number(_) => 0,
        Node::Dice { .. } => 1,
        Node::Set { members, .. } => members.iter().map(lots).sum(),
        Node::Negative(inner) => lots(inner),
        Node::Binary { left, right, .. } => lots(left) + lots(right),
        Node::Labelled { node, .. } => lots(node),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_of_a_sum_says_where_it_comes_from() {
        let roll: Expression = "2d20kh1 + 3 [Strength] - 1d4 [Bane]".parse().unwrap();
        let told: Vec<(bool, String, Option<String>, usize)> = roll
            .summands()
            .into_iter()
            .map(|part| (part.negative, part.text, part.label, part.lots))
            .collect();
        assert_eq!(
            told,
            [
                (false, "2d20kh1".to_owned(), None, 1),
                (false, "3".to_owned(), Some("Strength".to_owned()), 0),
                (true, "1d4".to_owned(), Some("Bane".to_owned()), 1),
            ]
        );
    }

    #[test]
    fn a_product_is_one_part_with_all_its_dice() {
        let roll: Expression = "(1d8 + 1d6) * 2 + 1".parse().unwrap();
        let parts = roll.summands();
        assert_eq!(parts.len(), 2);
        assert_eq!(parts[0].lots, 2);
    }
}
