//! An expression as text again, in the form in which it is read.

use std::fmt;

use super::{Expr, Quantity, Question, Role, Step};

/// How tightly a part holds together; a part in a tighter place is put in brackets.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Bond {
    Or,
    And,
    Not,
    Compared,
    Sum,
    Term,
    Sign,
    Atom,
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(&quantity_text, &ToString::to_string))
    }
}

impl Expr {
    /// The expression as text, with quantities and questions in the words of whoever asks.
    pub(crate) fn render(
        &self,
        quantity_text: &dyn Fn(Role, Quantity) -> String,
        question_text: &dyn Fn(&Question) -> String,
    ) -> String {
        let mut stack: Vec<(String, Bond)> = Vec::new();
        for step in &self.steps {
            let part = match step {
                Step::Number(value) => (value.to_string(), if *value < 0 { Bond::Sign } else { Bond::Atom }),
                Step::Dice { count, sides } => (format!("{count}d{sides}"), Bond::Sign),
                Step::Quantity(role, quantity) => (quantity_text(*role, *quantity), Bond::Atom),
                Step::Question(question) => (question_text(question), Bond::Atom),
                Step::Negate => (format!("-{}", held(stack.pop(), Bond::Sign)), Bond::Sign),
                Step::Not => not(or_zero(stack.pop())),
                Step::Table(rows) => {
                    let rows: Vec<String> =
                        rows.iter().map(|(from, value)| format!("{from}: {value}")).collect();
                    (format!("table({}, {})", held(stack.pop(), Bond::Or), rows.join(", ")), Bond::Atom)
                }
                _ => {
                    let right = stack.pop();
                    join(step, stack.pop(), right)
                }
            };
            stack.push(part);
        }
        held(stack.pop(), Bond::Or)
    }
}

fn or_zero(part: Option<(String, Bond)>) -> (String, Bond) {
    part.unwrap_or_else(|| ("0".to_owned(), Bond::Atom))
}

fn held(part: Option<(String, Bond)>, place: Bond) -> String {
    let (text, bond) = or_zero(part);
    if bond < place { format!("({text})") } else { text }
}

/// `not a < b` reads better as `a >= b`.
fn not((text, bond): (String, Bond)) -> (String, Bond) {
    if bond == Bond::Compared {
        for (sign, other) in [(" <= ", " > "), (" < ", " >= "), (" = ", " != ")] {
            if let Some((left, right)) = text.split_once(sign) {
                return (format!("{left}{other}{right}"), Bond::Compared);
            }
        }
    }
    (format!("not {}", held(Some((text, bond)), Bond::Not)), Bond::Not)
}

fn join(step: &Step, left: Option<(String, Bond)>, right: Option<(String, Bond)>) -> (String, Bond) {
    let (sign, bond, right_place) = match step {
        Step::Or => (" or ", Bond::Or, Bond::And),
        Step::And => (" and ", Bond::And, Bond::Not),
        Step::Less => (" < ", Bond::Compared, Bond::Sum),
        Step::LessOrEqual => (" <= ", Bond::Compared, Bond::Sum),
        Step::Equal => (" = ", Bond::Compared, Bond::Sum),
        Step::Add => (" + ", Bond::Sum, Bond::Term),
        Step::Subtract => (" - ", Bond::Sum, Bond::Term),
        Step::Multiply => (" * ", Bond::Term, Bond::Sign),
        Step::Divide => (" / ", Bond::Term, Bond::Sign),
        Step::Roll => ("d", Bond::Sign, Bond::Atom),
        _ => {
            let name = if matches!(step, Step::Least) { "min" } else { "max" };
            return (format!("{name}({}, {})", held(left, Bond::Or), held(right, Bond::Or)), Bond::Atom);
        }
    };
    let left_place = match bond {
        Bond::Compared => Bond::Sum,
        // A roll needs a closing bracket or digit before its `d`.
        Bond::Sign => {
            let (count, held_by) = or_zero(left);
            let whole =
                held_by == Bond::Atom && count.ends_with(|last: char| last == ')' || last.is_ascii_digit());
            let count = if whole && !count.starts_with('@') { count } else { format!("({count})") };
            let (sides, _) = or_zero(right);
            let plain = sides.bytes().all(|byte| byte.is_ascii_digit());
            let sides = if plain { sides } else { format!("({sides})") };
            return (format!("{count}d{sides}"), Bond::Sign);
        }
        other => other,
    };
    (format!("{}{sign}{}", held(left, left_place), held(right, right_place)), bond)
}

fn role_text(role: Role) -> &'static str {
    match role {
        Role::Own => "self",
        Role::Target => "target",
        Role::Source => "source",
    }
}

fn quantity_text(role: Role, quantity: Quantity) -> String {
    let who = match role {
        Role::Own => String::new(),
        other => format!("{}.", role_text(other)),
    };
    format!("@{who}{quantity}")
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self {
            Self::LevelIn(class) => return write!(f, "level.{class}"),
            Self::OwnScore(ability) => return write!(f, "own.{}", ability.short()),
            Self::Score(ability) => return write!(f, "score.{}", ability.short()),
            Self::Modifier(ability) => return write!(f, "mod.{}", ability.short()),
            Self::SaveBonus(ability) => return write!(f, "save.{}", ability.short()),
            Self::SkillBonus(skill) => return write!(f, "skill.{}", skill.word()),
            Self::Resource(id) => return write!(f, "resource.{id}"),
            Self::Level => "level",
            Self::ClassLevel => "class_level",
            Self::ProficiencyBonus => "pb",
            Self::Challenge => "cr",
            Self::CastingModifier => "mod.spell",
            Self::Dc => "dc",
            Self::SpellAttack => "spell_attack",
            Self::ArmorClass => "ac",
            Self::Hp => "hp",
            Self::HpMax => "max_hp",
            Self::TempHp => "temp_hp",
            Self::HitDice => "hit_dice",
            Self::Speed => "speed",
            Self::Size => "size",
            Self::Exhaustion => "exhaustion",
            Self::Slot => "slot",
            Self::SpellLevel => "spell_level",
            Self::Amount => "amount",
            Self::Roll => "roll",
            Self::Total => "total",
            Self::CastLevel => "cast_level",
            Self::Distance => "distance",
            Self::Index => "index",
            Self::Count => "count",
            Self::Stacks => "stacks",
            Self::Rounds => "rounds",
            Self::DeadRounds => "dead_rounds",
            Self::Moved => "moved",
            Self::Walk => "walk",
            Self::Hurt => "hurt",
            Self::Dealt => "dealt",
        };
        f.write_str(word)
    }
}

impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::In(role, state) => write!(f, "is({}, {})", role_text(*role), state.word()),
            Self::Of(role, kind) => write!(f, "is({}, {})", role_text(*role), kind.word()),
            Self::Such(role, quality) => write!(f, "is({}, {})", role_text(*role), quality.word()),
            Self::Under(role, id) => write!(f, "is({}, {id})", role_text(*role)),
            Self::Tagged(role, tag) => write!(f, "tag({}, {tag})", role_text(*role)),
            Self::Attack(with) => write!(f, "attack({})", with.word()),
            Self::Damage(kind) => write!(f, "damage({})", kind.word()),
            Self::Uses(ability) => write!(f, "uses({})", ability.short()),
            Self::UsesSkill(skill) => write!(f, "skill({})", skill.word()),
            Self::Against(id) => write!(f, "against({id})"),
            Self::School(school) => write!(f, "school({})", school.word()),
            Self::Spell(id) => write!(f, "spell({id})"),
            Self::Near(who, role, feet) => write!(f, "near({}, {}, {feet})", who.word(), role_text(*role)),
        }
    }
}
