namespace ImaNanoBanana.Tests.Soak;

/// <summary>What goes wrong with one request. A fault that refuses a request replaces the work and never follows it.</summary>
internal enum SoakFault
{
    None,

    /// <summary>500 with the service's envelope: the request is refused.</summary>
    Refused500,

    Refused429,

    /// <summary>429 that asks for 3 s.</summary>
    RateLimited,

    /// <summary>429 that asks for more than the client waits.</summary>
    RateLimitedForLong,

    /// <summary>503 that asks for 2 s, before the work.</summary>
    Unavailable,

    /// <summary>A gateway's page before the work is done.</summary>
    GatewayBefore,

    LostBefore,

    /// <summary>A gateway's page although the work is done: a create is charged.</summary>
    GatewayAfter,

    LostAfter,

    /// <summary>The answer is truncated at some point.</summary>
    Truncated,

    /// <summary>200 with a body that is not JSON, after the work.</summary>
    Garbage,

    /// <summary>The answer arrives late.</summary>
    Late,
}
