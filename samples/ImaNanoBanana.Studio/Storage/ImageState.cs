namespace ImaNanoBanana.Studio.Storage;

/// <summary>The state of an image. The database contains it in lower case.</summary>
internal enum ImageState
{
    /// <summary>Stored, and not started yet.</summary>
    Waiting,

    /// <summary>Its reference images are uploaded, or its submission is under way.</summary>
    Uploading,

    /// <summary>The service generates it.</summary>
    Generating,

    /// <summary>It is generated, and its files are downloaded.</summary>
    Saving,

    /// <summary>An end: all files are here.</summary>
    Finished,

    /// <summary>An end: the error says why, and whether it was charged.</summary>
    Failed,

    /// <summary>An end: it may have been charged. Only the history of the account shows it.</summary>
    Unknown,
}
