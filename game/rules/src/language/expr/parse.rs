//! From text to steps: a recursive descent over the grammar of expressions.
//!
//! ```text
//! or    := and ("or" and)*            sum   := term (("+" | "-") term)*
//! and   := not ("and" not)*           term  := sign (("*" | "/") sign)*
//! not   := "not" not | compared       sign  := "-" sign | dice
//! compared := sum (("<" | "<=" | "=" | "!=" | ">=" | ">") sum)?
//! dice  := atom ("d" atom)?
//! atom  := number | "@" quantity | word "(" arguments ")" | size | "(" or ")"
//! ```

use std::str::FromStr;

use crate::Id;
use crate::vocabulary::{CreatureType, DamageType, School, Size, Skill, State};

use super::{
    AttackTrait, Expr, Quality, Quantity, Question, Role, Step,
    evaluate::STACK_MAX,
    lexer::{Token, tokens},
};

/// Most dice in one roll.
const DICE_MAX: i32 = 200;
/// Most sides of a die.
const SIDES_MAX: i32 = 1_000;
/// Deepest nesting of brackets.
const DEPTH_MAX: u32 = 20;

/// Why a text is not an expression.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}`, at character {at}: {reason}")]
pub struct ExprError {
    text: String,
    at: usize,
    reason: String,
}

impl FromStr for Expr {
    type Err = ExprError;

    fn from_str(text: &str) -> Result<Self, ExprError> {
        let fault = |(at, reason): (usize, String)| ExprError {
            text: text.chars().take(120).collect(),
            at: at + 1,
            reason,
        };
        let tokens = tokens(text).map_err(fault)?;
        let mut parser = Parser { tokens: &tokens, next: 0, end: text.len(), steps: Vec::new(), depth: 0 };
        parser.or().map_err(fault)?;
        if parser.next < tokens.len() {
            return Err(fault(parser.unexpected("the end")));
        }
        if stack_needed(&parser.steps) > STACK_MAX {
            return Err(fault((0, "too deeply nested".to_owned())));
        }
        Ok(Self::from_steps(parser.steps))
    }
}

type Parsed<T = ()> = Result<T, (usize, String)>;

struct Parser<'t, 'a> {
    tokens: &'t [(usize, Token<'a>)],
    next: usize,
    end: usize,
    steps: Vec<Step>,
    depth: u32,
}

impl<'a> Parser<'_, 'a> {
    fn peek(&self) -> Option<Token<'a>> {
        self.tokens.get(self.next).map(|(_, token)| *token)
    }

    fn at(&self) -> usize {
        self.tokens.get(self.next).map_or(self.end, |(at, _)| *at)
    }

    fn unexpected(&self, wanted: &str) -> (usize, String) {
        let found = match self.peek() {
            None => "the end".to_owned(),
            Some(Token::Number(number)) => format!("`{number}`"),
            Some(Token::Word(word)) => format!("`{word}`"),
            Some(Token::Quantity(name)) => format!("`@{name}`"),
            Some(Token::Dice) => "`d`".to_owned(),
            Some(Token::Sign(sign)) => format!("`{sign}`"),
        };
        (self.at(), format!("expected {wanted}, found {found}"))
    }

    fn take(&mut self, token: Token<'_>) -> bool {
        let found = self.peek() == Some(token);
        self.next += usize::from(found);
        found
    }

    fn expect(&mut self, sign: &'static str) -> Parsed {
        if self.take(Token::Sign(sign)) { Ok(()) } else { Err(self.unexpected(&format!("`{sign}`"))) }
    }

    fn or(&mut self) -> Parsed {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err((self.at(), "too deeply nested".to_owned()));
        }
        self.and()?;
        while self.take(Token::Word("or")) {
            self.and()?;
            self.steps.push(Step::Or);
        }
        self.depth -= 1;
        Ok(())
    }

    fn and(&mut self) -> Parsed {
        self.not()?;
        while self.take(Token::Word("and")) {
            self.not()?;
            self.steps.push(Step::And);
        }
        Ok(())
    }

    fn not(&mut self) -> Parsed {
        if self.take(Token::Word("not")) {
            self.not()?;
            self.steps.push(Step::Not);
            return Ok(());
        }
        self.compared()
    }

    fn compared(&mut self) -> Parsed {
        self.sum()?;
        let Some(Token::Sign(sign)) = self.peek() else { return Ok(()) };
        let steps: &[Step] = match sign {
            "<" => &[Step::Less],
            "<=" => &[Step::LessOrEqual],
            "=" => &[Step::Equal],
            "!=" => &[Step::Equal, Step::Not],
            ">=" => &[Step::Less, Step::Not],
            ">" => &[Step::LessOrEqual, Step::Not],
            _ => return Ok(()),
        };
        self.next += 1;
        self.sum()?;
        self.steps.extend_from_slice(steps);
        Ok(())
    }

    fn sum(&mut self) -> Parsed {
        self.term()?;
        loop {
            let step = match self.peek() {
                Some(Token::Sign("+")) => Step::Add,
                Some(Token::Sign("-")) => Step::Subtract,
                _ => return Ok(()),
            };
            self.next += 1;
            self.term()?;
            self.push_folded(step);
        }
    }

    fn term(&mut self) -> Parsed {
        self.sign()?;
        loop {
            let step = match self.peek() {
                Some(Token::Sign("*")) => Step::Multiply,
                Some(Token::Sign("/")) => Step::Divide,
                _ => return Ok(()),
            };
            self.next += 1;
            self.sign()?;
            self.push_folded(step);
        }
    }

    /// Two plain numbers are worked out at once.
    fn push_folded(&mut self, step: Step) {
        if let [.., Step::Number(left), Step::Number(right)] = *self.steps {
            let value = match step {
                Step::Add => left.checked_add(right),
                Step::Subtract => left.checked_sub(right),
                Step::Multiply => left.checked_mul(right),
                _ => None,
            };
            if let Some(value) = value {
                self.steps.truncate(self.steps.len() - 2);
                self.steps.push(Step::Number(value));
                return;
            }
        }
        self.steps.push(step);
    }

    fn sign(&mut self) -> Parsed {
        if self.take(Token::Sign("-")) {
            self.sign()?;
            match self.steps.last_mut() {
                Some(Step::Number(number)) => *number = -*number,
                _ => self.steps.push(Step::Negate),
            }
            return Ok(());
        }
        self.dice()
    }

    fn dice(&mut self) -> Parsed {
        let at = self.at();
        let start = self.steps.len();
        self.atom()?;
        if !self.take(Token::Dice) {
            return Ok(());
        }
        self.atom()?;
        if let [Step::Number(count), Step::Number(sides)] = self.steps[start..] {
            if !(1..=DICE_MAX).contains(&count) || !(1..=SIDES_MAX).contains(&sides) {
                return Err((at, format!("1 to {DICE_MAX} dice of 1 to {SIDES_MAX} sides")));
            }
            self.steps.truncate(start);
            self.steps.push(Step::Dice { count: count as u16, sides: sides as u16 });
        } else {
            self.steps.push(Step::Roll);
        }
        Ok(())
    }

    fn atom(&mut self) -> Parsed {
        let Some(token) = self.peek() else { return Err(self.unexpected("a value")) };
        match token {
            Token::Number(number) => {
                self.next += 1;
                self.steps.push(Step::Number(number));
            }
            Token::Quantity(name) => {
                let (role, quantity) = quantity(name).ok_or_else(|| (self.at(), unknown(name)))?;
                self.next += 1;
                self.steps.push(Step::Quantity(role, quantity));
            }
            Token::Sign("(") => {
                self.next += 1;
                self.or()?;
                self.expect(")")?;
            }
            Token::Word(word) => {
                if let Ok(size) = word.parse::<Size>() {
                    self.next += 1;
                    self.steps.push(Step::Number(size as i32));
                    return Ok(());
                }
                self.next += 1;
                self.expect("(")?;
                self.call(word)?;
                self.expect(")")?;
            }
            _ => return Err(self.unexpected("a value")),
        }
        Ok(())
    }

    fn call(&mut self, function: &str) -> Parsed {
        match function {
            "min" | "max" => {
                self.or()?;
                while self.take(Token::Sign(",")) {
                    self.or()?;
                    self.steps.push(if function == "min" { Step::Least } else { Step::Greatest });
                }
                Ok(())
            }
            "table" => self.table(),
            _ => {
                let at = self.at();
                let question = self.question(function)?;
                let question = question.ok_or_else(|| {
                    (
                        at,
                        format!(
                            "`{function}` is no question that can be asked so; see the guide for all of them"
                        ),
                    )
                })?;
                self.steps.push(Step::Question(question));
                Ok(())
            }
        }
    }

    fn table(&mut self) -> Parsed {
        self.or()?;
        let mut rows: Vec<(i32, i32)> = Vec::new();
        while self.take(Token::Sign(",")) {
            let at = self.at();
            let threshold = self.integer()?;
            self.expect(":")?;
            let value = self.integer()?;
            if rows.last().is_some_and(|(last, _)| *last >= threshold) {
                return Err((at, "thresholds of a table rise".to_owned()));
            }
            rows.push((threshold, value));
        }
        if rows.is_empty() {
            return Err(self.unexpected("rows such as `1: 2`"));
        }
        self.steps.push(Step::Table(rows.into_boxed_slice()));
        Ok(())
    }

    fn integer(&mut self) -> Parsed<i32> {
        let negative = self.take(Token::Sign("-"));
        match self.peek() {
            Some(Token::Number(number)) => {
                self.next += 1;
                Ok(if negative { -number } else { number })
            }
            _ => Err(self.unexpected("a number")),
        }
    }

    fn word(&mut self) -> Parsed<&'a str> {
        match self.peek() {
            Some(Token::Word(word)) => {
                self.next += 1;
                Ok(word)
            }
            _ => Err(self.unexpected("a word")),
        }
    }

    fn role(&mut self) -> Parsed<Role> {
        let at = self.at();
        let word = self.word()?;
        role(word).ok_or_else(|| (at, format!("`{word}` is not self, target or source")))
    }

    fn question(&mut self, function: &str) -> Parsed<Option<Question>> {
        Ok(match function {
            "is" => {
                let role = self.role()?;
                self.expect(",")?;
                being(role, self.word()?)
            }
            "tag" => {
                let role = self.role()?;
                self.expect(",")?;
                Id::new(self.word()?).ok().map(|tag| Question::Tagged(role, tag))
            }
            "attack" => AttackTrait::from_word(self.word()?).map(Question::Attack),
            "damage" => DamageType::from_word(self.word()?).map(Question::Damage),
            "save" | "uses" => self.word()?.parse().ok().map(Question::Uses),
            "skill" => Skill::from_word(self.word()?).map(Question::UsesSkill),
            "against" => Id::new(self.word()?).ok().map(Question::Against),
            "school" => School::from_word(self.word()?).map(Question::School),
            "spell" => Id::new(self.word()?).ok().map(Question::Spell),
            "near" => {
                let who = Quality::from_word(self.word()?);
                self.expect(",")?;
                let role = self.role()?;
                self.expect(",")?;
                let feet = self.integer()?;
                who.filter(|who| matches!(who, Quality::Ally | Quality::Enemy | Quality::Anyone))
                    .zip(u16::try_from(feet).ok())
                    .map(|(who, feet)| Question::Near(who, role, feet))
            }
            _ => None,
        })
    }
}

fn being(role: Role, word: &str) -> Option<Question> {
    if word.contains(':') {
        return Id::new(word).ok().map(|id| Question::Under(role, id));
    }
    State::from_word(word)
        .map(|state| Question::In(role, state))
        .or_else(|| CreatureType::from_word(word).map(|kind| Question::Of(role, kind)))
        .or_else(|| Quality::from_word(word).map(|quality| Question::Such(role, quality)))
}

fn role(word: &str) -> Option<Role> {
    Some(match word {
        "self" => Role::Own,
        "target" => Role::Target,
        "source" => Role::Source,
        _ => return None,
    })
}

fn unknown(name: &str) -> String {
    format!("there is no quantity `@{name}`; see the guide for all of them")
}

fn quantity(name: &str) -> Option<(Role, Quantity)> {
    let (role, name) = match name.split_once('.') {
        Some((first, rest)) if role(first).is_some() => (role(first)?, rest),
        _ => (Role::Own, name),
    };
    let (head, part) = name.split_once('.').map_or((name, ""), |(head, part)| (head, part));
    let quantity = if part.is_empty() {
        plain_quantity(head)?
    } else {
        match head {
            "level" => Quantity::LevelIn(Id::new(part).ok()?),
            "score" => Quantity::Score(part.parse().ok()?),
            "own" => Quantity::OwnScore(part.parse().ok()?),
            "mod" if part == "spell" => Quantity::CastingModifier,
            "mod" => Quantity::Modifier(part.parse().ok()?),
            "save" => Quantity::SaveBonus(part.parse().ok()?),
            "skill" => Quantity::SkillBonus(Skill::from_word(part)?),
            "resource" => Quantity::Resource(Id::new(part).ok()?),
            _ => return None,
        }
    };
    Some((role, quantity))
}

fn plain_quantity(name: &str) -> Option<Quantity> {
    Some(match name {
        "level" | "character_level" => Quantity::Level,
        "class_level" => Quantity::ClassLevel,
        "pb" => Quantity::ProficiencyBonus,
        "cr" => Quantity::Challenge,
        "dc" => Quantity::Dc,
        "spell_attack" => Quantity::SpellAttack,
        "ac" => Quantity::ArmorClass,
        "hp" => Quantity::Hp,
        "max_hp" => Quantity::HpMax,
        "temp_hp" => Quantity::TempHp,
        "hit_dice" => Quantity::HitDice,
        "speed" => Quantity::Speed,
        "size" => Quantity::Size,
        "exhaustion" => Quantity::Exhaustion,
        "slot" => Quantity::Slot,
        "spell_level" => Quantity::SpellLevel,
        "amount" => Quantity::Amount,
        "roll" => Quantity::Roll,
        "total" => Quantity::Total,
        "cast_level" => Quantity::CastLevel,
        "distance" => Quantity::Distance,
        "index" => Quantity::Index,
        "count" => Quantity::Count,
        "stacks" => Quantity::Stacks,
        "rounds" => Quantity::Rounds,
        "dead_rounds" => Quantity::DeadRounds,
        "moved" => Quantity::Moved,
        "walk" => Quantity::Walk,
        "hurt" => Quantity::Hurt,
        "dealt" => Quantity::Dealt,
        _ => return None,
    })
}

/// How high the stack grows.
fn stack_needed(steps: &[Step]) -> usize {
    let mut height = 0_usize;
    let mut highest = 0;
    for step in steps {
        match step {
            Step::Number(_) | Step::Dice { .. } | Step::Quantity(..) | Step::Question(_) => height += 1,
            Step::Negate | Step::Not | Step::Table(_) => {}
            _ => height = height.saturating_sub(1),
        }
        highest = highest.max(height);
    }
    highest
}
