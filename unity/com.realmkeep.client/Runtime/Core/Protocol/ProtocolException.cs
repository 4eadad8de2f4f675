using System;

namespace Realmkeep
{
    /// <summary>Bytes that are no message of the protocol.</summary>
    public sealed class ProtocolException : Exception
    {
        /// <summary>An exception that says what is wrong with the bytes.</summary>
        public ProtocolException(string message) : base(message)
        {
        }
    }
}
