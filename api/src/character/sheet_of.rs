//! A rules sheet in the form in which it travels: ids get names. Server and browser do it alike.

use rules::{
    Ability, AbilityScores, Id, Ruleset,
    character::{CasterLine, Character, Value},
    content::{ItemKind, Library, Preparation},
    experience_for_level,
    vocabulary::Skill,
};

use super::{
    AbilityLine, AttackView, BelongingView, CastingView, CharacterSheet, ClassLevel, Figure, FigurePart,
    HitDiceView, LevelUpOption, Named, OpenChoices, OpenPickView, ResourceView, SenseView, SkillView,
    SlotView, SpellView, SpellsMissing,
};

impl From<Value> for Figure {
    fn from(value: Value) -> Self {
        let parts = value.parts.into_iter();
        let parts = parts.map(|part| FigurePart { source: part.source, amount: part.amount }).collect();
        Self { total: value.total, parts }
    }
}

/// A word as people read it: `sleight-of-hand` is `Sleight of hand`.
fn titled(word: &str) -> String {
    let text = word.replace(['-', '_'], " ");
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

impl Named {
    /// Something of the content by its id, whatever kind it is of. What has no record is a word.
    #[must_use]
    pub fn of(id: Id, library: &Library) -> Self {
        let name = None
            .or_else(|| library.feature(id).map(|record| &record.name))
            .or_else(|| library.spell(id).map(|record| &record.name))
            .or_else(|| library.item(id).map(|record| &record.name))
            .or_else(|| library.class(id).map(|record| &record.name))
            .or_else(|| library.subclass(id).map(|record| &record.name))
            .or_else(|| library.race(id).map(|record| &record.name))
            .or_else(|| library.subrace(id).map(|record| &record.name))
            .or_else(|| library.background(id).map(|record| &record.name))
            .or_else(|| library.language(id).map(|record| &record.name))
            .or_else(|| library.monster(id).map(|record| &record.name))
            .or_else(|| library.condition(id).map(|record| &record.name));
        Self { id: id.to_string(), name: name.cloned().unwrap_or_else(|| titled(id.name())) }
    }

    fn of_skill(skill: Skill) -> Self {
        Self { id: skill.word().to_owned(), name: titled(skill.word()) }
    }

    fn all(ids: impl IntoIterator<Item = Id>, library: &Library) -> Vec<Self> {
        ids.into_iter().map(|id| Self::of(id, library)).collect()
    }
}

impl ClassLevel {
    /// The classes of a character, in the order in which it took them up.
    #[must_use]
    pub fn of(character: &Character, library: &Library) -> Vec<Self> {
        let classes = character.classes().map(|class| Self {
            id: class.to_string(),
            name: Named::of(class, library).name,
            subclass: character.subclass_in(class).map(|subclass| Named::of(subclass, library)),
            level: character.level_in(class),
        });
        classes.collect()
    }
}

impl CharacterSheet {
    /// Everything that follows from a character's choices.
    #[must_use]
    pub fn of(character: &Character, library: &Library, ruleset: &Ruleset) -> Self {
        let sheet = character.sheet(library, ruleset);
        let wear = &character.wear;
        let scores = AbilityScores::new(std::array::from_fn(|place| {
            sheet.scores.get(place).map_or(10, |score| score.total.clamp(1, 30) as u8)
        }));
        let abilities = Ability::ALL.into_iter().zip(sheet.scores).zip(sheet.saves);
        let slots = sheet.slots.iter().zip(wear.slots).zip(1..);
        let open = OpenChoices {
            level_ups: level_ups(character, library, &scores),
            ..open_choices(character, library, &sheet.casting)
        };
        let level = sheet.level;
        Self {
            race: Named::of(character.race, library),
            subrace: character.subrace.map(|subrace| Named::of(subrace, library)),
            background: Named::of(character.background, library),
            level,
            classes: ClassLevel::of(character, library),
            experience: character.experience,
            next_level_at: (level < rules::LEVEL_MAX).then(|| experience_for_level(level + 1)),
            proficiency_bonus: sheet.proficiency_bonus,
            abilities: abilities
                .map(|((ability, score), save)| AbilityLine {
                    ability,
                    modifier: rules::modifier(score.total.clamp(1, 30) as u8),
                    score: score.into(),
                    save: save.into(),
                })
                .collect(),
            hit_points: sheet.hit_points,
            hit_points_max: sheet.hit_points_max.into(),
            temporary_hit_points: wear.temporary,
            exhaustion: wear.exhaustion,
            armor_class: sheet.armor_class.into(),
            initiative: sheet.initiative.into(),
            speed_ft: sheet.speed.into(),
            skills: sheet
                .skills
                .into_iter()
                .map(|line| SkillView {
                    id: line.skill.word().to_owned(),
                    name: titled(line.skill.word()),
                    ability: line.skill.ability(),
                    training: line.training,
                    bonus: line.bonus.into(),
                })
                .collect(),
            passive_perception: sheet.passive_perception,
            proficiencies: Named::all(sheet.proficiencies, library),
            languages: Named::all(sheet.languages, library),
            senses: sheet
                .senses
                .into_iter()
                .map(|(sense, range_ft)| SenseView { name: titled(sense.word()), range_ft })
                .collect(),
            attacks: sheet.attacks.into_iter().map(attack).collect(),
            attacks_per_action: sheet.attacks_per_action,
            casting: sheet.casting.into_iter().map(|line| casting(character, library, line)).collect(),
            slots: slots
                .filter(|((max, _), _)| **max > 0)
                .map(|((max, spent), level)| SlotView { level, max: *max, left: max.saturating_sub(spent) })
                .collect(),
            pact_slots: (sheet.pact_slots > 0).then(|| SlotView {
                level: sheet.pact_slot_level,
                max: sheet.pact_slots,
                left: sheet.pact_slots.saturating_sub(wear.pact_slots),
            }),
            resources: sheet
                .resources
                .into_iter()
                .map(|line| ResourceView {
                    id: line.id.to_string(),
                    name: line.name,
                    max: line.max,
                    left: line.left,
                    recharge: recharge(line.recharge).to_owned(),
                })
                .collect(),
            hit_dice: sheet
                .hit_dice
                .into_iter()
                .map(|(sides, max)| {
                    let spent = wear.hit_dice.get(&sides).copied().unwrap_or(0);
                    HitDiceView { sides, max, left: max.saturating_sub(spent) }
                })
                .collect(),
            features: Named::all(sheet.features, library),
            belongings: belongings(character, library),
            money_cp: character.money_cp,
            load_centipounds: sheet.load_centipounds,
            capacity_centipounds: sheet.capacity_centipounds,
            open,
        }
    }
}

fn attack(line: rules::character::AttackLine) -> AttackView {
    AttackView {
        item: line.item.map(|item| item.to_string()),
        name: line.name,
        bonus: line.bonus.into(),
        dice: line.dice,
        dice_two_handed: line.dice_two_handed,
        damage_bonus: line.damage_bonus.into(),
        damage_type: line.damage_type,
        reach_ft: line.reach_ft,
        range_ft: line.range_ft.map(|(normal, _)| normal),
        range_max_ft: line.range_ft.map(|(_, long)| long),
    }
}

const fn recharge(recharge: rules::language::Recharge) -> &'static str {
    use rules::language::Recharge;

    match recharge {
        Recharge::Turn => "each turn",
        Recharge::ShortRest => "short rest",
        Recharge::LongRest => "long rest",
        Recharge::Dawn => "dawn",
        Recharge::Combat => "initiative",
        Recharge::Never => "never",
    }
}

/// Whether a class prepares spells, of its book or of its whole list.
fn preparation(library: &Library, class: Id) -> Option<Preparation> {
    library.class(class).and_then(|class| class.spells.as_ref()).map(|spells| spells.preparation)
}

fn casting(character: &Character, library: &Library, line: CasterLine) -> CastingView {
    let knows_for_good = preparation(library, line.class) == Some(Preparation::Known);
    let own = character.spells.iter().filter(|known| known.class == line.class);
    let mut spells: Vec<SpellView> = own
        .filter_map(|known| library.spell(known.spell).map(|spell| (known, spell)))
        .map(|(known, spell)| SpellView {
            id: spell.id.to_string(),
            name: spell.name.clone(),
            level: spell.level,
            ready: spell.level == 0 || known.prepared || knows_for_good,
        })
        .collect();
    let by_level = |a: &SpellView, b: &SpellView| (a.level, &a.name).cmp(&(b.level, &b.name));
    spells.sort_by(by_level);
    let offered =
        [true, false].into_iter().flat_map(|cantrips| character.spells_on_offer(library, &line, cantrips));
    let mut on_offer: Vec<SpellView> = offered
        .filter(|spell| spells.iter().all(|known| known.id != spell.id.as_str()))
        .map(|spell| SpellView {
            id: spell.id.to_string(),
            name: spell.name.clone(),
            level: spell.level,
            ready: false,
        })
        .collect();
    on_offer.sort_by(by_level);
    CastingView {
        class: Named::of(line.class, library),
        ability: line.ability,
        save_dc: line.save_dc.into(),
        attack: line.attack.into(),
        cantrips_max: line.cantrips,
        known_max: line.known,
        prepared_max: line.prepared,
        keeps_book: preparation(library, line.class) == Some(Preparation::Book),
        level_max: line.level_max,
        spells,
        on_offer,
    }
}

fn belongings(character: &Character, library: &Library) -> Vec<BelongingView> {
    let lots = character.belongings.iter().map(|lot| {
        let item = library.item(lot.item);
        let wearable = item.is_some_and(|item| {
            let worn = matches!(
                item.kind,
                ItemKind::Weapon
                    | ItemKind::Armor
                    | ItemKind::Shield
                    | ItemKind::Focus
                    | ItemKind::Ring
                    | ItemKind::Rod
                    | ItemKind::Staff
                    | ItemKind::Wand
                    | ItemKind::Wondrous
            );
            worn || item.weapon.is_some() || item.armor.is_some()
        });
        BelongingView {
            id: lot.item.to_string(),
            name: Named::of(lot.item, library).name,
            count: lot.count,
            equipped: lot.equipped,
            attuned: lot.attuned,
            wearable,
            attunable: item.is_some_and(|item| item.attunement.is_some()),
            weight_centipounds: item.and_then(|item| item.weight_centipounds).unwrap_or(0),
        }
    });
    let mut lots: Vec<BelongingView> = lots.collect();
    lots.sort_by(|a, b| (!a.equipped, &a.name).cmp(&(!b.equipped, &b.name)));
    lots
}

fn open_choices(character: &Character, library: &Library, casting: &[CasterLine]) -> OpenChoices {
    let less = |allowed: usize, chosen: usize| allowed.saturating_sub(chosen).min(255) as u8;
    let background = library.background(character.background);
    let mut offered: Vec<Skill> =
        character.skill_offers(library).into_iter().flat_map(|(_, from)| from).collect();
    offered.sort_unstable();
    offered.dedup();
    offered.retain(|skill| {
        !character.skills.contains(skill) && background.is_none_or(|given| !given.skills.contains(skill))
    });
    let skills = less(character.skills_allowed(library), character.skills.len());
    let improvements = less(character.improvements_allowed(library), character.improvements.len());
    let picks = character.open_picks(library).into_iter().filter_map(|pick| {
        let chosen = character.picked_at(&pick);
        let options = (chosen.len() < usize::from(pick.count)).then(|| character.offers(library, &pick))?;
        // Some picks offer less than they let one pick; what is left then is no choice.
        (options.len() > chosen.len()).then(|| OpenPickView {
            of: Named::of(pick.of, library),
            number: pick.number,
            count: pick.count,
            chosen: Named::all(chosen.iter().copied(), library),
            options: Named::all(options, library),
            means: pick.means.map(|means| means.to_string()),
        })
    });
    let spells = casting.iter().map(|line| {
        let own = || character.spells.iter().filter(|known| known.class == line.class);
        let is_cantrip = |id: Id| library.spell(id).is_some_and(|spell| spell.level == 0);
        let cantrips = own().filter(|known| is_cantrip(known.spell)).count();
        let prepared = own().filter(|known| known.prepared).count();
        SpellsMissing {
            class: Named::of(line.class, library),
            cantrips: less(line.cantrips.into(), cantrips),
            known: line.known.map_or(0, |known| less(known.into(), own().count() - cantrips)),
            prepared: line.prepared.map_or(0, |allowed| less(allowed.into(), prepared)),
        }
    });
    OpenChoices {
        skills,
        skill_options: if skills > 0 {
            offered.into_iter().map(Named::of_skill).collect()
        } else {
            Vec::new()
        },
        improvements,
        feat_options: if improvements > 0 {
            Named::all(character.feats_on_offer(library), library)
        } else {
            Vec::new()
        },
        picks: picks.collect(),
        spells: spells.filter(|open| open.cantrips + open.known + open.prepared > 0).collect(),
        level_ups: Vec::new(),
    }
}

/// Where the next level may go: any class of the character, or one that its abilities let join them.
fn level_ups(character: &Character, library: &Library, scores: &AbilityScores) -> Vec<LevelUpOption> {
    let level = character.level();
    if level >= rules::LEVEL_MAX || character.experience < experience_for_level(level + 1) {
        return Vec::new();
    }
    let own: Vec<Id> = character.classes().collect();
    let allows = |class: &Id| library.class(*class).is_some_and(|class| class.multiclass.allows(scores));
    let may_mix = own.iter().all(allows);
    let classes = library
        .classes()
        .iter()
        .filter(|class| own.contains(&class.id) || (may_mix && class.multiclass.allows(scores)));
    let mut options: Vec<LevelUpOption> = classes
        .map(|class| {
            let next = character.level_in(class.id) + 1;
            let asks = next == class.subclass_level;
            let subclasses = library.subclasses().iter().filter(|subclass| asks && subclass.of == class.id);
            LevelUpOption {
                class: Named::of(class.id, library),
                level: next,
                subclasses: Named::all(subclasses.map(|subclass| subclass.id), library),
            }
        })
        .collect();
    // The character's own classes come first.
    options.sort_by_key(|option| option.level == 1);
    options
}
