namespace ImaNanoBanana.Tests.Fuzzing;

/// <summary>How an answer comes, or does not.</summary>
internal enum Delivery
{
    Whole,

    LengthUnknown,

    /// <summary>All its bytes come, and then the connection is lost.</summary>
    CutOff,

    /// <summary>It says that it is longer than anyone should read.</summary>
    SaysTooLong,

    LostBeforeSending,

    LostAfterSending,
}
