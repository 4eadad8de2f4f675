using System;

namespace Realmkeep
{
    /// <summary>
    /// The moment that is shown: a little behind the newest frame, so that there is nearly always a frame on both sides
    /// of it. It runs 2% quicker or 4% slower to stay there, and keeps more distance where frames come unevenly.
    /// All times are in seconds.
    /// </summary>
    public sealed class FrameTimeline
    {
        private const double CatchUp = 0.02;
        private const double SlowDown = 0.04;
        private const double Smoothing = 0.1;
        private const double BufferIntervals = 2;
        private const double BufferIntervalsMax = 10;

        private readonly double sendInterval;
        private bool isRunning;
        private double newest;
        private double newestArrival;
        private double drift;
        private double jitter;
        private double rate = 1;

        /// <summary>A timeline for frames that come every sendInterval seconds.</summary>
        public FrameTimeline(double sendInterval)
        {
            this.sendInterval = sendInterval;
        }

        /// <summary>The simulation's time that is shown.</summary>
        public double Now { get; private set; }

        /// <summary>How far behind the newest frame the shown moment should lie.</summary>
        public double Buffer
        {
            get
            {
                double intervals = BufferIntervals + jitter / sendInterval;
                return Math.Min(intervals, BufferIntervalsMax) * sendInterval;
            }
        }

        /// <summary>Takes note of a frame: its simulation time, and the local time at which it came.</summary>
        public void FrameArrived(double frameTime, double arrival)
        {
            if (!isRunning || Math.Abs(frameTime - Buffer - Now) > BufferIntervalsMax * sendInterval)
            {
                // The first frame, or a long pause: begin anew instead of running after it.
                Now = frameTime - Buffer;
                drift = 0;
                rate = 1;
            }
            else
            {
                // Frames may be left out while nothing moves: unevenness is what the two clocks disagree by.
                double unevenness = Math.Abs((arrival - newestArrival) - (frameTime - newest));
                jitter += Smoothing * (Math.Min(unevenness, 1) - jitter);
                drift += Smoothing * (frameTime - Buffer - Now - drift);
                rate = drift > sendInterval ? 1 + CatchUp : drift < -sendInterval ? 1 - SlowDown : 1;
            }
            isRunning = true;
            newest = frameTime;
            newestArrival = arrival;
        }

        /// <summary>Moves the shown moment on by a step of local time.</summary>
        public void Advance(double seconds)
        {
            if (isRunning) Now += seconds * rate;
        }
    }
}
