namespace ImaNanoBanana.Tests.Fuzzing;

/// <summary>How an answer arrives, or fails to.</summary>
internal enum Delivery
{
    Whole,

    LengthUnknown,

    /// <summary>All bytes arrive, and then the connection is lost.</summary>
    CutOff,

    /// <summary>It announces a length that no client should read.</summary>
    SaysTooLong,

    LostBeforeSending,

    LostAfterSending,
}
