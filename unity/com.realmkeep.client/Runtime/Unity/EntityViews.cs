using System.Collections.Generic;
using UnityEngine;

namespace Realmkeep
{
    /// <summary>Keeps one object in the scene for each entity in view, and draws it smoothly between frames.</summary>
    public sealed class EntityViews : MonoBehaviour
    {
        [SerializeField] private GameObject playerPrefab;
        [SerializeField] private GameObject npcPrefab;

        private readonly Dictionary<uint, View> views = new Dictionary<uint, View>();
        private GameSession session;
        private FrameTimeline timeline;
        private double tickSeconds;
        private double frameTime;

        /// <summary>
        /// The point of the world that stands at the scene's origin, in metres: a Unity scene is exact near its origin
        /// only. Move it when the player has gone some kilometres.
        /// </summary>
        public Vector2Int Origin { get; set; }

        /// <summary>Shows what a session sees.</summary>
        public void Watch(GameSession watched)
        {
            Forget();
            session = watched;
            session.Joined += OnJoined;
            session.ViewChanged += OnViewChanged;
            session.FrameApplied += OnFrameApplied;
        }

        /// <summary>The object of an entity, or null.</summary>
        public GameObject Find(uint netId)
        {
            View view;
            return views.TryGetValue(netId, out view) ? view.Shown : null;
        }

        private void OnJoined(ServerMessage.Joined joined)
        {
            tickSeconds = 1.0 / session.Welcome.TickHz;
            timeline = new FrameTimeline(1.0 / session.Welcome.NetHz);
        }

        private void OnViewChanged(ViewEvent change)
        {
            View view;
            Entity entity;
            bool isShown = views.TryGetValue(change.NetId, out view);
            if (change.Change == ViewChange.Disappeared && isShown)
            {
                Destroy(view.Shown);
                views.Remove(change.NetId);
            }
            if (!session.View.TryGet(change.NetId, out entity)) return;
            if (!isShown)
            {
                GameObject prefab = entity.Kind == EntityKind.Player ? playerPrefab : npcPrefab;
                view = new View { Track = new EntityTrack(), Shown = Instantiate(prefab, transform) };
                view.Shown.name = entity.Name;
                views.Add(change.NetId, view);
            }
            view.Track.Add(session.View.Tick * tickSeconds, frameTime, entity);
        }

        private void OnFrameApplied(ulong tick)
        {
            double shown = tick * tickSeconds;
            if (timeline != null && shown > frameTime) timeline.FrameArrived(shown, Time.realtimeSinceStartupAsDouble);
            frameTime = shown;
        }

        private void LateUpdate()
        {
            if (timeline == null) return;
            timeline.Advance(Time.unscaledDeltaTime);
            foreach (View view in views.Values)
            {
                Pose pose;
                if (!view.Track.TrySample(timeline.Now, out pose)) continue;
                // The world's z grows southward, Unity's northward.
                Vector3 place = new Vector3((float)(pose.X - Origin.x), (float)pose.Y, (float)(Origin.y - pose.Z));
                view.Shown.transform.SetPositionAndRotation(place, Quaternion.Euler(0, (float)pose.Degrees, 0));
            }
        }

        private void OnDestroy()
        {
            Forget();
        }

        private void Forget()
        {
            foreach (View view in views.Values) Destroy(view.Shown);
            views.Clear();
            timeline = null;
            if (session == null) return;
            session.Joined -= OnJoined;
            session.ViewChanged -= OnViewChanged;
            session.FrameApplied -= OnFrameApplied;
            session = null;
        }

        private sealed class View
        {
            internal EntityTrack Track;
            internal GameObject Shown;
        }
    }
}
