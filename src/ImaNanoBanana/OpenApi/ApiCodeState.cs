namespace ImaNanoBanana.OpenApi;

/// <summary>What the <c>code</c> member of an envelope turned out to be.</summary>
internal enum ApiCodeState
{
    /// <summary>There is none, or it is no whole number: it says neither success nor failure.</summary>
    None,

    /// <summary>0 or 200.</summary>
    Success,

    /// <summary>Any other whole number, or the text of one.</summary>
    Failure,
}
