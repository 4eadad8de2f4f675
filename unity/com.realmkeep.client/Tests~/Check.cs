using System;

namespace Realmkeep.Tests
{
    /// <summary>Counts what holds and what does not, and says so.</summary>
    internal sealed class Check
    {
        private int passed;
        private int failed;

        /// <summary>The exit code for what was counted.</summary>
        internal int Finish()
        {
            Console.WriteLine(passed + " passed, " + failed + " failed");
            return failed == 0 && passed > 0 ? 0 : 1;
        }

        internal bool That(string what, bool holds, object found = null)
        {
            if (holds) passed++;
            else failed++;
            Console.WriteLine((holds ? "ok    " : "FAIL  ") + what + (holds || found == null ? "" : ": " + found));
            return holds;
        }

        internal void Same(string what, object expected, object found)
        {
            That(what, Equals(expected, found), "expected " + expected + ", found " + found);
        }

        /// <summary>Runs one test; an exception fails it and not the others.</summary>
        internal void Run(string what, Action test)
        {
            try
            {
                test();
            }
            catch (ApiException refusal)
            {
                That(what, false, refusal.Message);
            }
            catch (Exception failure)
            {
                That(what, false, failure);
            }
        }
    }
}
