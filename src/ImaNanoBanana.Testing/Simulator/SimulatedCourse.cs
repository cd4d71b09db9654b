namespace ImaNanoBanana.Testing;

/// <summary>What becomes of a task that was bought.</summary>
internal sealed record SimulatedCourse
{
    public static readonly SimulatedCourse Good = new();

    public bool NeverEnds { get; init; }

    /// <summary>How long after the success the addresses of the images come; null for never.</summary>
    public TimeSpan? AddressLag { get; init; } = TimeSpan.Zero;

    /// <summary>How many of the images fail, the last ones.</summary>
    public int FailedImages { get; init; }

    /// <summary>Why they fail.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Whether the first download of each image gives half of it.</summary>
    public bool CutsFirstDownload { get; init; }
}
