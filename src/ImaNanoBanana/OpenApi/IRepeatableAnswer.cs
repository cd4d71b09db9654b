namespace ImaNanoBanana.OpenApi;

/// <summary>What decides whether a request is repeated, and when.</summary>
internal interface IRepeatableAnswer
{
    int StatusCode { get; }

    /// <summary>How long the answer asks to wait; null when it does not.</summary>
    TimeSpan? RetryAfter { get; }
}
