namespace ImaNanoBanana.Tests.Fuzzing;

/// <summary>Which answers of a case are bad.</summary>
internal enum FuzzTarget
{
    List,

    Create,

    Detail,

    /// <summary>The upload token, and now and then the PUT.</summary>
    Token,

    Image,

    /// <summary>The text of a stored task.</summary>
    Handle,

    /// <summary>Some answers at all endpoints.</summary>
    Everything,
}
