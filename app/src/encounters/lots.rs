//! Lists of things with their number, as they stand in the address: `3x4,5` and `srd:ogre*2,srd:goblin`.

/// Most of one thing.
pub(super) const LOT_MAX: u32 = 99;

/// Things with how many there are of each, in the order of the address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Lots {
    between: char,
    lots: Vec<(String, u32)>,
}

impl Lots {
    /// Reads a list; `between` stands between a thing and its number. What can't be read is left out.
    pub(super) fn read(list: &str, between: char) -> Self {
        let mut read = Self { between, lots: Vec::new() };
        for part in list.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let (name, count) = part.split_once(between).unwrap_or((part, "1"));
            if let Ok(count) = count.parse() {
                read.add(name, count);
            }
        }
        read
    }

    /// Each thing and how many there are.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, u32)> {
        self.lots.iter().map(|(name, count)| (name.as_str(), *count))
    }

    /// So many more of a thing.
    pub(super) fn add(&mut self, name: &str, more: u32) {
        match self.lots.iter_mut().find(|(other, _)| other == name) {
            Some((_, count)) => *count = count.saturating_add(more).min(LOT_MAX),
            None if more > 0 => self.lots.push((name.to_owned(), more.min(LOT_MAX))),
            None => {}
        }
    }

    /// One less of a thing; the last one takes it out.
    pub(super) fn take(&mut self, name: &str) {
        if let Some((_, count)) = self.lots.iter_mut().find(|(other, _)| other == name) {
            *count -= 1;
        }
        self.lots.retain(|(_, count)| *count > 0);
    }

    /// Takes a thing out.
    pub(super) fn drop(&mut self, name: &str) {
        self.lots.retain(|(other, _)| other != name);
    }

    /// Gives a thing another name, as when characters rise a level.
    pub(super) fn rename(&mut self, from: &str, to: &str) {
        let Some(place) = self.lots.iter().position(|(name, _)| name == from) else { return };
        let (_, count) = self.lots.remove(place);
        if self.lots.iter().any(|(name, _)| name == to) {
            self.add(to, count);
        } else {
            self.lots.insert(place, (to.to_owned(), count));
        }
    }

    /// The list as it stands in the address; nothing, if it is empty.
    pub(super) fn written(&self) -> Option<String> {
        let part = |(name, count): &(String, u32)| match count {
            1 => name.clone(),
            count => format!("{name}{}{count}", self.between),
        };
        let list = self.lots.iter().map(part).collect::<Vec<_>>().join(",");
        (!list.is_empty()).then_some(list)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_written_as_it_was_read() {
        for list in ["3x4,5", "1", "20x6"] {
            assert_eq!(Lots::read(list, 'x').written().as_deref(), Some(list));
        }
        assert_eq!(Lots::read("srd:ogre*2,srd:goblin", '*').iter().count(), 2);
        assert_eq!(Lots::read(" , ,x", 'x').written(), None);
    }

    #[test]
    fn the_last_one_of_a_kind_takes_it_out() {
        let mut monsters = Lots::read("srd:ogre*2", '*');
        monsters.add("srd:goblin", 1);
        monsters.take("srd:ogre");
        monsters.take("srd:goblin");
        assert_eq!(monsters.written().as_deref(), Some("srd:ogre"));
        monsters.take("srd:ogre");
        assert_eq!(monsters.written(), None);
    }

    #[test]
    fn who_rises_to_the_level_of_others_joins_them() {
        let mut party = Lots::read("3x2,4", 'x');
        party.rename("3", "4");
        assert_eq!(party.written().as_deref(), Some("4x3"));
    }
}
