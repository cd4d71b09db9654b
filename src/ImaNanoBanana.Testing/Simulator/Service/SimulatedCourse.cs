namespace ImaNanoBanana.Testing;

/// <summary>Describes how an accepted task proceeds.</summary>
internal sealed record SimulatedCourse
{
    public static readonly SimulatedCourse Good = new();

    public bool NeverEnds { get; init; }

    /// <summary>The time between the success and the URLs of the images, or null if they never appear.</summary>
    public TimeSpan? AddressLag { get; init; } = TimeSpan.Zero;

    /// <summary>The number of images that fail. They are the last ones.</summary>
    public int FailedImages { get; init; }

    /// <summary>The reason for the failures.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Whether the first download of each image returns only half of it.</summary>
    public bool CutsFirstDownload { get; init; }
}
