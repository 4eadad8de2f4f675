//! The server's dice: for what players must not throw themselves, and for what has to come out the same each time.

use grid::CharacterId;

/// Throws a die of that many sides.
pub(super) fn throw(sides: u32) -> u32 {
    rand::random_range(1..=sides.max(1))
}

/// Dice that show the same for a character each time, so that what is completed on demand does not change from one look to the
/// next.
pub(super) fn of(character: CharacterId) -> impl FnMut(u32) -> u32 {
    let mut thrown = 0_u64;
    move |sides| {
        thrown += 1;
        let mut hash = blake3::Hasher::new();
        hash.update(character.uuid().as_bytes()).update(&thrown.to_le_bytes());
        let mut number = [0; 4];
        hash.finalize_xof().fill(&mut number);
        u32::from_le_bytes(number) % sides.max(1) + 1
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_characters_dice_show_the_same_each_time_and_stay_on_the_die() {
        let thrown = |id: u128| {
            let mut die = of(CharacterId::from_uuid(Uuid::from_u128(id)));
            (0..100).map(|_| die(6)).collect::<Vec<_>>()
        };
        assert_eq!(thrown(1), thrown(1));
        assert_ne!(thrown(1), thrown(2));
        assert!(thrown(1).iter().all(|shown| (1..=6).contains(shown)));
        assert!((0..100).all(|_| (1..=20).contains(&throw(20))));
    }
}
