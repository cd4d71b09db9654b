namespace ImaNanoBanana;

/// <summary>Says whether a saved file contains the request that the save options name.</summary>
public enum RequestEmbedding
{
    /// <summary>No request was to be embedded. The file contains exactly the bytes that the service delivered.</summary>
    NotRequested,

    /// <summary>The file contains the request.</summary>
    Written,

    /// <summary>The image is not a PNG. The file contains exactly the bytes that the service delivered.</summary>
    UnsupportedFormat,

    /// <summary>
    /// The image has content credentials, whose signature a change would invalidate. The file contains exactly the bytes that the service
    /// delivered.
    /// </summary>
    ContentCredentialsKept,
}
