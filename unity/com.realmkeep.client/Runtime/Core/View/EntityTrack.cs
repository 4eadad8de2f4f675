using System;

namespace Realmkeep
{
    /// <summary>A place and a direction to draw an entity at: metres, and degrees clockwise from north.</summary>
    public struct Pose
    {
        /// <summary>Eastward from the origin of the track's world, in metres.</summary>
        public double X;
        /// <summary>Upward, in metres.</summary>
        public double Y;
        /// <summary>Southward, in metres.</summary>
        public double Z;
        /// <summary>Direction faced, in degrees clockwise from north.</summary>
        public double Degrees;
    }

    /// <summary>The last places of one entity, to draw it between them. A ring of fixed size: it makes no garbage.</summary>
    public sealed class EntityTrack
    {
        /// <summary>Places that are remembered.</summary>
        public const int Capacity = 32;

        private readonly double[] times = new double[Capacity];
        private readonly Pose[] poses = new Pose[Capacity];
        private int first;
        private int count;

        /// <summary>
        /// Adds where the entity stands at a frame's time. An entity that stood still sends nothing: heldUntil is the
        /// time of the frame before, and says that it stood where it was until then.
        /// </summary>
        public void Add(double time, double heldUntil, Entity entity)
        {
            if (count > 0 && time <= Time(count - 1)) return;
            if (count > 0 && heldUntil > Time(count - 1) && heldUntil < time) Push(heldUntil, poses[Index(count - 1)]);
            Pose pose = new Pose();
            pose.X = entity.X / (double)Wire.MetreUnits;
            pose.Y = entity.Y / (double)Wire.MetreUnits;
            pose.Z = entity.Z / (double)Wire.MetreUnits;
            pose.Degrees = entity.Yaw * 360.0 / 256.0;
            Push(time, pose);
        }

        /// <summary>Forgets all places, as after a teleport.</summary>
        public void Clear()
        {
            count = 0;
        }

        /// <summary>Where to draw the entity at a time. False while nothing is known.</summary>
        public bool TrySample(double time, out Pose pose)
        {
            pose = new Pose();
            if (count == 0) return false;
            int later = 0;
            while (later < count && Time(later) <= time) later++;
            if (later == 0 || later == count)
            {
                pose = poses[Index(later == 0 ? 0 : count - 1)];
                return true;
            }
            Pose from = poses[Index(later - 1)];
            Pose to = poses[Index(later)];
            double share = (time - Time(later - 1)) / (Time(later) - Time(later - 1));
            pose.X = from.X + (to.X - from.X) * share;
            pose.Y = from.Y + (to.Y - from.Y) * share;
            pose.Z = from.Z + (to.Z - from.Z) * share;
            double turn = (to.Degrees - from.Degrees + 540) % 360 - 180;
            pose.Degrees = (from.Degrees + turn * share + 360) % 360;
            return true;
        }

        private double Time(int index)
        {
            return times[Index(index)];
        }

        private int Index(int index)
        {
            return (first + index) % Capacity;
        }

        private void Push(double time, Pose pose)
        {
            if (count == Capacity)
            {
                first = (first + 1) % Capacity;
                count--;
            }
            times[Index(count)] = time;
            poses[Index(count)] = pose;
            count++;
        }
    }
}
