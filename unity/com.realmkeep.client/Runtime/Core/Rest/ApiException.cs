using System;

namespace Realmkeep
{
    /// <summary>The server refused a request, or could not be reached.</summary>
    public sealed class ApiException : Exception
    {
        /// <summary>An exception with the HTTP status, or 0 where no answer came.</summary>
        public ApiException(int status, string message, Exception cause) : base(message, cause)
        {
            Status = status;
        }

        /// <summary>The HTTP status, or 0 where no answer came.</summary>
        public int Status { get; private set; }
    }
}
