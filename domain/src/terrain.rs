//! The worlds' terrain: from memory, from blobs, or grown now, and never the same chunk twice at once.
//!
//! A chunk is a pure function of the world's fingerprint and the cell, so nothing here can be stale: a blob's name
//! contains the fingerprint, and a blob that cannot be read is simply grown again. Growing takes a core for some
//! milliseconds; it happens on blocking threads, and on at most one fewer than there are cores, so that a region's
//! tick always finds one. Whoever wants a chunk that is being grown, player or job, waits for it; far terrain goes the
//! same way.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, OnceLock, PoisonError},
    thread::available_parallelism,
};

use async_trait::async_trait;
use bytes::Bytes;
use game::{GroundPoint, Quiet, TerrainError, TerrainSource, WildPack};
use grid::{CellCoord, Position, RegionCoord, WorldId};
use infra::blobs::Blobs;
use moka::future::Cache;
use rules::content::srd;
use store::{Store, worlds::WorldRecord};
use tokio::{
    sync::{Mutex as Turn, MutexGuard as HeldTurn, Semaphore},
    task::spawn_blocking,
};
use worldgen::{Chunk, ENGINE, FarTile, Recipe, Settled, Share, Spawn, World};

use crate::{Error, TerrainSettings};

/// The region where all new characters begin.
const FIRST_REGION: RegionCoord = RegionCoord::new(0, 0);
/// Memory of a decoded chunk beside its payload, roughly, in bytes.
const CHUNK_BYTES: u32 = 16 * 1024;
/// Turns that growing is divided among: two chunks of one turn wait for each other, so there are far more than threads.
const TURNS: usize = 256;

/// A piece of terrain: a cell close by, or a tile of those far away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Piece {
    Near(CellCoord),
    Far(FarTile),
}

impl Piece {
    const fn coord(self) -> CellCoord {
        match self {
            Self::Near(cell) => cell,
            Self::Far(tile) => tile.coord(),
        }
    }

    fn grow(self, world: &World) -> Chunk {
        match self {
            Self::Near(cell) => world.chunk(cell),
            Self::Far(tile) => world.far_chunk(tile),
        }
    }

    /// Where it is kept: a folder a block, so that no folder holds more than 64.
    fn blob_key(self, fingerprint: &str) -> String {
        let (coord, block) = (self.coord(), self.coord().block());
        match self {
            Self::Near(_) => {
                format!("chunks/{fingerprint}/{}.{}/{}.{}.bin", block.x, block.z, coord.x, coord.z)
            }
            Self::Far(tile) => {
                let level = tile.level();
                format!("far/{fingerprint}/{level}/{}.{}/{}.{}.bin", block.x, block.z, coord.x, coord.z)
            }
        }
    }
}

/// A chunk with its payload.
#[derive(Clone, Debug)]
pub struct Grown {
    /// The terrain.
    pub chunk: Arc<Chunk>,
    /// The `.bin` form.
    pub payload: Bytes,
    /// Hex hash of the payload.
    pub hash: Arc<str>,
}

/// A world that is ready to grow.
pub struct GrownWorld {
    /// What the store knows of it.
    pub record: WorldRecord,
    /// The compiled recipe.
    pub world: World,
    /// Names all that decides the terrain.
    pub fingerprint: Arc<str>,
    start: OnceLock<Position>,
}

impl GrownWorld {
    /// The packs that the recipe's tables name, as far as the rules know their monsters.
    #[must_use]
    pub fn packs(&self) -> Vec<WildPack> {
        let pack = |(spawn, biomes): (&Spawn, u64)| {
            let Some(monster) = crate::rules::known(&spawn.monster).filter(|id| srd().monster(*id).is_some())
            else {
                tracing::warn!(
                    monster = spawn.monster,
                    "the rules know no such monster; none live in the wild"
                );
                return None;
            };
            let permille = |share: Share| u16::try_from(share.permille()).unwrap_or(0);
            let count = |count: u32| u8::try_from(count).unwrap_or(u8::MAX);
            Some(WildPack {
                monster,
                biomes,
                danger_permille: (permille(spawn.danger.0), permille(spawn.danger.1)),
                weight: spawn.weight,
                group: (count(spawn.group.0), count(spawn.group.1)),
            })
        };
        self.world.spawns().filter_map(pack).collect()
    }

    /// Where people live in a region or beside it, with so much room around each place.
    #[must_use]
    pub fn settled(&self, region: RegionCoord, around_units: u32) -> Vec<Quiet> {
        let quiet = |place: Settled| Quiet {
            at: GroundPoint::new(place.x, place.z),
            units: u32::try_from(place.radius).unwrap_or(u32::MAX).saturating_add(around_units),
        };
        self.world.settled(region).into_iter().map(quiet).collect()
    }
}

/// How a chunk came to be in the blobs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kept {
    /// It was there.
    Before,
    /// It was grown and put there.
    Now,
}

/// The terrain of all worlds. Clones share it.
#[derive(Clone)]
pub struct Terrain {
    ground: Arc<Ground>,
}

struct Ground {
    store: Store,
    blobs: Blobs,
    worlds: Mutex<HashMap<WorldId, Arc<GrownWorld>>>,
    chunks: Cache<(WorldId, Piece), Grown>,
    turns: Vec<Turn<()>>,
    generators: Semaphore,
    generators_max: usize,
}

impl Terrain {
    pub(crate) fn new(settings: &TerrainSettings, store: Store, blobs: Blobs) -> Self {
        let cores = available_parallelism().map_or(1, usize::from);
        let generators_max = settings.generators.clamp(1, (cores - 1).max(1));
        let chunks = Cache::builder()
            .max_capacity(settings.cache_bytes)
            .weigher(|_, grown: &Grown| {
                u32::try_from(grown.payload.len()).unwrap_or(u32::MAX).saturating_add(CHUNK_BYTES)
            })
            .build();
        let worlds = Mutex::new(HashMap::new());
        let generators = Semaphore::new(generators_max);
        let turns = (0..TURNS).map(|_| Turn::new(())).collect();
        let ground = Ground { store, blobs, worlds, chunks, turns, generators, generators_max };
        Self { ground: Arc::new(ground) }
    }

    /// The terrain of one world, for a region.
    #[must_use]
    pub fn source(&self, world: WorldId) -> Arc<dyn TerrainSource> {
        Arc::new(SourceOfWorld { terrain: self.clone(), world })
    }

    /// The compiled world.
    ///
    /// # Errors
    /// [`Error::NotFound`] for an unknown world; [`Error::Unavailable`] for one of another engine.
    pub async fn world(&self, id: WorldId) -> Result<Arc<GrownWorld>, Error> {
        if let Some(world) = self.compiled(id) {
            return Ok(world);
        }
        let record = store::worlds::find(&self.ground.store, id).await?.ok_or(Error::NotFound("world"))?;
        let world = Arc::new(spawn_blocking(move || compile(record)).await.map_err(internal)??);
        let mut worlds = self.ground.worlds.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(Arc::clone(worlds.entry(id).or_insert(world)))
    }

    /// Where new characters of a world begin.
    ///
    /// # Errors
    /// As of [`Self::world`].
    pub async fn start(&self, id: WorldId) -> Result<Position, Error> {
        let world = self.world(id).await?;
        let start = spawn_blocking(move || *world.start.get_or_init(|| world.world.start(FIRST_REGION)));
        start.await.map_err(internal)
    }

    fn compiled(&self, id: WorldId) -> Option<Arc<GrownWorld>> {
        self.ground.worlds.lock().unwrap_or_else(PoisonError::into_inner).get(&id).cloned()
    }

    /// A chunk, from wherever it is quickest.
    ///
    /// # Errors
    /// [`Error::NotFound`] for an unknown world. A full disk is no error here: the chunk is served and not kept.
    pub async fn chunk(&self, world: WorldId, cell: CellCoord) -> Result<Grown, Error> {
        self.piece(world, Piece::Near(cell)).await
    }

    /// A tile of far terrain, from wherever it is quickest.
    ///
    /// # Errors
    /// As of [`Self::chunk`].
    pub async fn far_tile(&self, world: WorldId, tile: FarTile) -> Result<Grown, Error> {
        self.piece(world, Piece::Far(tile)).await
    }

    async fn piece(&self, world: WorldId, piece: Piece) -> Result<Grown, Error> {
        let world = self.world(world).await?;
        let fetched =
            self.ground.chunks.try_get_with((world.record.id, piece), self.fetch(&world, piece)).await;
        fetched.map_err(|error: Arc<Error>| Error::Internal(error.to_string()))
    }

    async fn fetch(&self, world: &Arc<GrownWorld>, piece: Piece) -> Result<Grown, Error> {
        let key = piece.blob_key(&world.fingerprint);
        let _turn = self.turn(&key).await;
        match self.ground.blobs.get(&key).await {
            Ok(Some(payload)) => match Chunk::decode(&payload) {
                Ok(chunk) if chunk.coord == piece.coord() => {
                    metrics::counter!("realmkeep_chunks_total", "origin" => "blob").increment(1);
                    return Ok(grown(chunk, payload));
                }
                _ => tracing::warn!(key, "a kept chunk is damaged and is grown again"),
            },
            Ok(None) => {}
            Err(error) => tracing::warn!(key, %error, "a kept chunk cannot be read and is grown again"),
        }
        let grown = self.grow(world, piece).await?;
        if let Err(error) = self.ground.blobs.put(&key, grown.payload.clone()).await {
            tracing::warn!(key, %error, "a chunk cannot be kept");
        }
        Ok(grown)
    }

    /// Sees to it that a chunk is among the blobs, past the cache: a job of thousands must not wash out what players
    /// walk on.
    pub(crate) async fn keep(&self, world: &Arc<GrownWorld>, cell: CellCoord) -> Result<Kept, Error> {
        let piece = Piece::Near(cell);
        let key = piece.blob_key(&world.fingerprint);
        let _turn = self.turn(&key).await;
        if self.ground.blobs.exists(&key).await? {
            return Ok(Kept::Before);
        }
        let grown = self.grow(world, piece).await?;
        self.ground.blobs.put(&key, grown.payload).await?;
        Ok(Kept::Now)
    }

    /// The turn of a blob: who holds it is the only one to look for that blob and to grow it.
    async fn turn(&self, key: &str) -> HeldTurn<'_, ()> {
        let hash = blake3::hash(key.as_bytes());
        let [first, ..] = hash.as_bytes();
        self.ground.turns[usize::from(*first) % TURNS].lock().await
    }

    async fn grow(&self, world: &Arc<GrownWorld>, piece: Piece) -> Result<Grown, Error> {
        let _generator = self.ground.generators.acquire().await.map_err(internal)?;
        let world = Arc::clone(world);
        let began = std::time::Instant::now();
        let grown = spawn_blocking(move || {
            let chunk = piece.grow(&world.world);
            let payload = Bytes::from(chunk.encode());
            grown(chunk, payload)
        });
        let grown = grown.await.map_err(internal)?;
        metrics::counter!("realmkeep_chunks_total", "origin" => "grown").increment(1);
        metrics::histogram!("realmkeep_chunk_growth_seconds").record(began.elapsed());
        Ok(grown)
    }

    /// Chunks that are grown at once.
    pub(crate) fn generators_max(&self) -> usize {
        self.ground.generators_max
    }

    pub(crate) fn blobs(&self) -> &Blobs {
        &self.ground.blobs
    }
}

struct SourceOfWorld {
    terrain: Terrain,
    world: WorldId,
}

#[async_trait]
impl TerrainSource for SourceOfWorld {
    async fn chunk(&self, cell: CellCoord) -> Result<Arc<Chunk>, TerrainError> {
        let grown = self.terrain.chunk(self.world, cell).await;
        grown.map(|grown| grown.chunk).map_err(|error| TerrainError { cell, reason: error.to_string() })
    }
}

fn compile(record: WorldRecord) -> Result<GrownWorld, Error> {
    if record.engine != ENGINE {
        tracing::error!(world_id = %record.id, of = record.engine, ours = ENGINE, "the world is of another engine");
        return Err(Error::Unavailable("this world was made with another version of the generator"));
    }
    let recipe = Recipe::from_yaml(&record.recipe_id, &record.recipe_text).map_err(internal)?;
    let world = World::new(record.seed, recipe).map_err(internal)?;
    let fingerprint = world.fingerprint().into();
    Ok(GrownWorld { record, world, fingerprint, start: OnceLock::new() })
}

fn grown(chunk: Chunk, payload: Bytes) -> Grown {
    let hash = worldgen::chunk_hash(&payload).into();
    Grown { chunk: Arc::new(chunk), payload, hash }
}

fn internal(error: impl std::fmt::Display) -> Error {
    Error::Internal(format!("terrain: {error}"))
}

pub(crate) fn describe_metrics() {
    metrics::describe_counter!(
        "realmkeep_chunks_total",
        "Terrain chunks that were not in memory, by where they came from"
    );
    metrics::describe_histogram!(
        "realmkeep_chunk_growth_seconds",
        metrics::Unit::Seconds,
        "Time to generate and encode a terrain chunk"
    );
}
