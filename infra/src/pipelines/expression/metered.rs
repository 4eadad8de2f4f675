//! Puts a meter behind every part of an expression, and refuses what can't be metered.
//!
//! jaq has no limits of its own, and an expression such as `[limit(9; .)] | add` does not look dangerous until it is
//! written forty times in a row. So each term `t` that makes a value becomes `t | metered`, and each product becomes a
//! call of our own, since one multiplication of a text is enough to fill the memory.

use jaq_core::load::{
    self,
    lex::StrPart,
    parse::{BinaryOp, Pattern, Term},
};
use jaq_core::{
    ops::Math,
    path::{Part, Path},
};

use super::{error::SyntaxError, vocabulary};

/// The filter that charges for the value that it lets pass.
pub(super) const METER: &str = "metered";
/// The filter that multiplies.
pub(super) const PRODUCT: &str = "product";
/// Brackets within one another: jaq's own parser and compiler recurse with them.
const NESTING_MAX: usize = 50;
/// Operators in a row: each one is a call more on the stack, when it is compiled and when it runs.
const OPERATORS_MAX: usize = 120;

type Tree<'a> = Term<&'a str>;

/// Parses `text` into a metered term.
pub(super) fn parse(text: &str) -> Result<Tree<'_>, SyntaxError> {
    if nesting(text) > NESTING_MAX {
        return Err(SyntaxError::LeftOut("brackets more than 50 deep"));
    }
    if operators(text) > OPERATORS_MAX {
        return Err(SyntaxError::LeftOut("more than 120 operators"));
    }
    let term = load::parse(text, |parser| parser.term())
        .ok_or_else(|| SyntaxError::Malformed { near: malformed_from(text).chars().take(40).collect() })?;
    meter(term)
}

/// How deep the brackets go at most. Those within texts count, which does no harm.
fn nesting(text: &str) -> usize {
    let mut depth = 0_usize;
    let depths = text.bytes().map(|byte| {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth
    });
    depths.max().unwrap_or_default()
}

/// How many operators there are, those within texts included.
fn operators(text: &str) -> usize {
    let symbols = text.bytes().filter(|byte| b"|,+-*/%<>=".contains(byte)).count();
    let words = text.split(|at: char| !at.is_alphanumeric() && at != '_');
    symbols + words.filter(|word| matches!(*word, "and" | "or" | "as")).count()
}

/// The end of `text` that keeps it from being jq: the text behind the longest beginning that parses.
fn malformed_from(text: &str) -> &str {
    let mut cuts =
        text.char_indices().map(|(at, _)| at).filter(|at| text[..*at].ends_with([' ', ')', ']', '}']));
    let good = cuts.rfind(|at| load::parse(&text[..*at], |parser| parser.term()).is_some());
    text[good.unwrap_or_default()..].trim()
}

fn meter(term: Tree<'_>) -> Result<Tree<'_>, SyntaxError> {
    let metered = match term {
        // These make nothing new.
        Term::Id | Term::Num(_) | Term::Var(_) => return Ok(term),
        Term::Str(None, parts) => {
            Term::Str(None, parts.into_iter().map(meter_part).collect::<Result<_, _>>()?)
        }
        Term::Str(Some(_), _) => return Err(SyntaxError::LeftOut("a format such as @sh")),
        Term::Arr(items) => Term::Arr(items.map(|items| meter_boxed(*items)).transpose()?),
        Term::Obj(entries) => Term::Obj(entries.into_iter().map(meter_entry).collect::<Result<_, _>>()?),
        Term::Neg(term) => Term::Neg(meter_boxed(*term)?),
        Term::BinOp(left, op, right) => meter_operation(*left, op, *right)?,
        Term::Fold(name, source, pattern, parts) => {
            let parts = parts.into_iter().map(meter).collect::<Result<_, _>>()?;
            Term::Fold(name, meter_boxed(*source)?, meter_pattern(pattern)?, parts)
        }
        Term::TryCatch(tried, caught) => {
            Term::TryCatch(meter_boxed(*tried)?, caught.map(|caught| meter_boxed(*caught)).transpose()?)
        }
        Term::IfThenElse(branches, otherwise) => {
            let branches = branches.into_iter().map(|(when, then)| Ok((meter(when)?, meter(then)?)));
            Term::IfThenElse(
                branches.collect::<Result<_, SyntaxError>>()?,
                otherwise.map(|otherwise| meter_boxed(*otherwise)).transpose()?,
            )
        }
        Term::Call(name, arguments) => meter_call(name, arguments)?,
        Term::Path(of, path) => Term::Path(meter_boxed(*of)?, meter_path(path)?),
        Term::Recurse => return Err(SyntaxError::LeftOut("`..`")),
        Term::Label(..) | Term::Break(_) => return Err(SyntaxError::LeftOut("a label")),
        Term::Def(..) => return Err(SyntaxError::LeftOut("a definition")),
    };
    Ok(pipe(metered, call(METER, Vec::new())))
}

fn meter_boxed(term: Tree<'_>) -> Result<Box<Tree<'_>>, SyntaxError> {
    meter(term).map(Box::new)
}

fn meter_part<'a>(part: StrPart<&'a str, Tree<'a>>) -> Result<StrPart<&'a str, Tree<'a>>, SyntaxError> {
    Ok(match part {
        StrPart::Term(term) => StrPart::Term(meter(term)?),
        text => text,
    })
}

fn meter_entry<'a>(
    (key, value): (Tree<'a>, Option<Tree<'a>>),
) -> Result<(Tree<'a>, Option<Tree<'a>>), SyntaxError> {
    // `{a}` and `{$a}` stand for a value of that name; what a key may be is jaq's own business.
    let key = if value.is_none() { key } else { meter(key)? };
    Ok((key, value.map(meter).transpose()?))
}

fn meter_operation<'a>(
    left: Tree<'a>,
    op: BinaryOp<&'a str>,
    right: Tree<'a>,
) -> Result<Tree<'a>, SyntaxError> {
    let op = match op {
        BinaryOp::Math(Math::Mul) => return Ok(call(PRODUCT, vec![meter(left)?, meter(right)?])),
        BinaryOp::UpdateMath(Math::Mul) => return Err(SyntaxError::LeftOut("`*=`")),
        BinaryOp::Assign | BinaryOp::Update | BinaryOp::UpdateMath(_) | BinaryOp::UpdateAlt => {
            let right = meter(right)?;
            return Ok(Term::BinOp(Box::new(plain_path(left)?), op, Box::new(right)));
        }
        BinaryOp::Pipe(Some(pattern)) => BinaryOp::Pipe(Some(meter_pattern(pattern)?)),
        op => op,
    };
    Ok(Term::BinOp(Box::new(meter(left)?), op, Box::new(meter(right)?)))
}

fn meter_pattern(pattern: Pattern<&str>) -> Result<Pattern<&str>, SyntaxError> {
    Ok(match pattern {
        Pattern::Var(name) => Pattern::Var(name),
        Pattern::Arr(items) => Pattern::Arr(items.into_iter().map(meter_pattern).collect::<Result<_, _>>()?),
        Pattern::Obj(entries) => {
            let entries = entries.into_iter().map(|(key, value)| Ok((meter(key)?, meter_pattern(value)?)));
            Pattern::Obj(entries.collect::<Result<_, SyntaxError>>()?)
        }
    })
}

fn meter_path<'a>(path: Path<Tree<'a>>) -> Result<Path<Tree<'a>>, SyntaxError> {
    let parts = path.0.into_iter().map(|(part, opt)| {
        let part = match part {
            Part::Index(index) => Part::Index(meter(index)?),
            Part::Range(from, to) => Part::Range(from.map(meter).transpose()?, to.map(meter).transpose()?),
        };
        Ok((part, opt))
    });
    Ok(Path(parts.collect::<Result<_, SyntaxError>>()?))
}

fn meter_call<'a>(name: &'a str, arguments: Vec<Tree<'a>>) -> Result<Tree<'a>, SyntaxError> {
    if !vocabulary::knows(name, arguments.len()) {
        let name = format!("{name}/{}", arguments.len());
        return Err(SyntaxError::Unknown { what: "filter", name });
    }
    let part = if name == "del" { plain_path } else { meter };
    Ok(call(name, arguments.into_iter().map(part).collect::<Result<_, _>>()?))
}

/// A path that is written out, as assignments need it: a metered one could not be assigned to.
fn plain_path(term: Tree<'_>) -> Result<Tree<'_>, SyntaxError> {
    const REFUSED: SyntaxError = SyntaxError::LeftOut("a computed path in an assignment");
    let is_written_out = |part: &Part<Tree<'_>>| match part {
        Part::Index(index) => is_literal(index),
        Part::Range(from, to) => from.iter().chain(to).all(is_literal),
    };
    match &term {
        Term::Id => Ok(term),
        Term::Path(of, path)
            if matches!(**of, Term::Id) && path.0.iter().all(|(part, _)| is_written_out(part)) =>
        {
            Ok(term)
        }
        _ => Err(REFUSED),
    }
}

fn is_literal(term: &Tree<'_>) -> bool {
    match term {
        Term::Num(_) => true,
        Term::Str(None, parts) => parts.iter().all(|part| !matches!(part, StrPart::Term(_))),
        _ => false,
    }
}

fn call<'a>(name: &'a str, arguments: Vec<Tree<'a>>) -> Tree<'a> {
    Term::Call(name, arguments)
}

fn pipe<'a>(left: Tree<'a>, right: Tree<'a>) -> Tree<'a> {
    Term::BinOp(Box::new(left), BinaryOp::Pipe(None), Box::new(right))
}
