using System.Collections.Generic;
using System.Threading.Tasks;
using UnityEngine;

namespace Realmkeep
{
    /// <summary>Keeps a Unity terrain in the scene for each cell that is asked for.</summary>
    public sealed class TerrainTiles : MonoBehaviour
    {
        [Tooltip("A layer for each material of the world's recipe, in its order.")]
        [SerializeField] private TerrainLayer[] materials;
        [Tooltip("A prefab for each kind of feature of the world's recipe, in its order; none for what is not shown.")]
        [SerializeField] private GameObject[] features;

        private readonly Dictionary<Vector2Int, Terrain> terrains = new Dictionary<Vector2Int, Terrain>();

        /// <summary>The point of the world that stands at the scene's origin, in metres: the same as that of EntityViews.</summary>
        public Vector2Int Origin { get; set; }

        /// <summary>
        /// Fetches a cell's ground off the main thread and shows it. Failures come as ApiException or ProtocolException.
        /// </summary>
        public async Task<Terrain> Show(RealmkeepApi api, string worldId, int x, int z)
        {
            TerrainChunk chunk = await Task.Run(() => api.Chunk(worldId, x, z));
            // The component may have been destroyed in the meantime.
            return this == null ? null : Show(chunk);
        }

        /// <summary>Shows a cell's ground, in place of what was shown of it.</summary>
        public Terrain Show(TerrainChunk chunk)
        {
            Forget(chunk.X, chunk.Z);
            GameObject shown = Terrain.CreateTerrainGameObject(ToTerrainData(chunk, materials, features));
            shown.name = "Cell " + chunk.X + ", " + chunk.Z;
            shown.transform.SetParent(transform, false);
            // A terrain lies north and east of its place, and the world's z grows southward.
            shown.transform.localPosition = new Vector3(
                chunk.X * TerrainChunk.Squares - Origin.x,
                chunk.LowestUnits / (float)Wire.MetreUnits,
                Origin.y - (chunk.Z + 1) * TerrainChunk.Squares);
            Terrain terrain = shown.GetComponent<Terrain>();
            // Neighbours join without a seam: the points along their border are the same.
            terrain.allowAutoConnect = true;
            terrains.Add(new Vector2Int(chunk.X, chunk.Z), terrain);
            return terrain;
        }

        /// <summary>Removes a cell's ground.</summary>
        public void Forget(int x, int z)
        {
            Terrain terrain;
            Vector2Int cell = new Vector2Int(x, z);
            if (!terrains.TryGetValue(cell, out terrain)) return;
            terrains.Remove(cell);
            if (terrain == null) return;
            Destroy(terrain.terrainData);
            Destroy(terrain.gameObject);
        }

        /// <summary>
        /// A cell's ground as Unity keeps it: heights exact to 1/64 m, a layer for each material, and features as trees.
        /// </summary>
        public static TerrainData ToTerrainData(TerrainChunk chunk, TerrainLayer[] materials, GameObject[] features)
        {
            TerrainData data = new TerrainData();
            data.heightmapResolution = TerrainChunk.Points;
            data.size = new Vector3(TerrainChunk.Squares, TerrainChunk.RangeMetres, TerrainChunk.Squares);
            float[,] heights = new float[TerrainChunk.Points, TerrainChunk.Points];
            for (int row = 0; row < TerrainChunk.Points; row++)
            {
                for (int column = 0; column < TerrainChunk.Points; column++)
                {
                    // Unity's rows go northward.
                    heights[TerrainChunk.Squares - row, column] = chunk.StoredHeight(column, row) / (float)ushort.MaxValue;
                }
            }
            data.SetHeights(0, 0, heights);
            if (materials != null && materials.Length > 0) Cover(data, chunk, materials);
            if (features != null) Plant(data, chunk, features);
            return data;
        }

        private static void Cover(TerrainData data, TerrainChunk chunk, TerrainLayer[] materials)
        {
            data.terrainLayers = materials;
            data.alphamapResolution = TerrainChunk.Squares;
            float[,,] shares = new float[TerrainChunk.Squares, TerrainChunk.Squares, materials.Length];
            for (int row = 0; row < TerrainChunk.Squares; row++)
            {
                for (int column = 0; column < TerrainChunk.Squares; column++)
                {
                    int material = Mathf.Min(chunk.Material(column, row), materials.Length - 1);
                    shares[TerrainChunk.Squares - 1 - row, column, material] = 1;
                }
            }
            data.SetAlphamaps(0, 0, shares);
        }

        private static void Plant(TerrainData data, TerrainChunk chunk, GameObject[] features)
        {
            // Unity refuses a prototype without a prefab.
            List<TreePrototype> prototypes = new List<TreePrototype>();
            int[] places = new int[features.Length];
            for (int kind = 0; kind < features.Length; kind++)
            {
                places[kind] = features[kind] == null ? -1 : prototypes.Count;
                if (features[kind] != null) prototypes.Add(new TreePrototype { prefab = features[kind] });
            }
            List<TreeInstance> trees = new List<TreeInstance>();
            foreach (TerrainFeature feature in chunk.Features)
            {
                if (feature.Kind >= places.Length || places[feature.Kind] < 0) continue;
                float x = feature.X / (float)Wire.CellUnits, z = 1 - feature.Z / (float)Wire.CellUnits;
                float scale = feature.Scale / 64f;
                trees.Add(new TreeInstance
                {
                    prototypeIndex = places[feature.Kind],
                    position = new Vector3(x, 0, z),
                    rotation = feature.Yaw * (2 * Mathf.PI / 256),
                    widthScale = scale,
                    heightScale = scale,
                    color = Color.white,
                    lightmapColor = Color.white,
                });
            }
            data.treePrototypes = prototypes.ToArray();
            data.SetTreeInstances(trees.ToArray(), true);
        }

        private void OnDestroy()
        {
            foreach (Terrain terrain in terrains.Values)
            {
                if (terrain != null) Destroy(terrain.terrainData);
            }
            terrains.Clear();
        }
    }
}
