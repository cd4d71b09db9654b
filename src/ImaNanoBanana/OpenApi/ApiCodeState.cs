namespace ImaNanoBanana.OpenApi;

/// <summary>Specifies what the <c>code</c> member of an envelope contains.</summary>
internal enum ApiCodeState
{
    /// <summary>There is no code, or it is not a whole number. It indicates neither success nor failure.</summary>
    None,

    /// <summary>0 or 200.</summary>
    Success,

    /// <summary>Any other whole number, also as text.</summary>
    Failure,
}
