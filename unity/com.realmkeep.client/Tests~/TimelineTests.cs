using System;

namespace Realmkeep.Tests
{
    /// <summary>Tests of what smooths the way between two frames.</summary>
    internal static class TimelineTests
    {
        internal static Action Run(Check check)
        {
            return delegate
            {
                FollowsEvenFrames(check);
                CatchesUpAndSlowsDown(check);
                DrawsBetweenPlaces(check);
                HoldsStillUntilAMoveBegins(check);
            };
        }

        private static void FollowsEvenFrames(Check check)
        {
            FrameTimeline timeline = new FrameTimeline(0.05);
            for (int i = 0; i < 100; i++)
            {
                timeline.FrameArrived(10 + i * 0.05, i * 0.05);
                timeline.Advance(0.05);
            }
            double behind = 10 + 99 * 0.05 + 0.05 - timeline.Now;
            check.That("the shown moment stays two intervals behind even frames", Math.Abs(behind - 0.1) < 0.001, behind);
        }

        private static void CatchesUpAndSlowsDown(Check check)
        {
            FrameTimeline timeline = new FrameTimeline(0.05);
            timeline.FrameArrived(10, 0);
            double start = timeline.Now;
            for (int i = 1; i <= 60; i++) timeline.FrameArrived(10.2, 0);
            timeline.Advance(1);
            check.That("a shown moment that fell behind runs quicker", timeline.Now - start > 1.0, timeline.Now - start);
        }

        private static void DrawsBetweenPlaces(Check check)
        {
            EntityTrack track = new EntityTrack();
            Pose pose;
            check.That("nothing is drawn while nothing is known", !track.TrySample(1, out pose));
            track.Add(1.0, 0.95, At(0, 250));
            track.Add(1.1, 1.05, At(512, 6));
            track.TrySample(1.075, out pose);
            check.That("a place between two is drawn", Math.Abs(pose.X - 1.0) < 0.001, pose.X);
            double degrees = pose.Degrees;
            check.That("the turn takes the short way", degrees > 350 || degrees < 10, degrees);
            track.TrySample(9, out pose);
            check.That("the last place is held", Math.Abs(pose.X - 2.0) < 0.001, pose.X);
            for (int i = 0; i < 100; i++) track.Add(2 + i, 2 + i, At(i, 0));
            track.TrySample(0, out pose);
            check.That("old places are forgotten", pose.X > 0, pose.X);
        }

        private static void HoldsStillUntilAMoveBegins(Check check)
        {
            EntityTrack track = new EntityTrack();
            Pose pose;
            track.Add(1.0, 0.95, At(0, 0));
            // Nothing was sent for nine seconds: the entity stood.
            track.Add(10.0, 9.95, At(256, 0));
            track.TrySample(9.0, out pose);
            check.That("an entity that stood still does not creep", pose.X < 0.001, pose.X);
            track.TrySample(9.975, out pose);
            check.That("and then moves within one interval", Math.Abs(pose.X - 0.5) < 0.01, pose.X);
        }

        private static Entity At(int offsetX, byte yaw)
        {
            Entity entity = new Entity();
            entity.OffsetX = offsetX;
            entity.Yaw = yaw;
            return entity;
        }
    }
}
