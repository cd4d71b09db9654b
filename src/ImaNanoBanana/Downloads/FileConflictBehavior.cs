namespace ImaNanoBanana;

/// <summary>Specifies what happens if a file with the same name already exists when an image is saved.</summary>
public enum FileConflictBehavior
{
    /// <summary>Saves the image under the next free name: <c>name-2.png</c>, <c>name-3.png</c>.</summary>
    Rename,

    /// <summary>Replaces the existing file in one step after the new image is complete.</summary>
    Overwrite,

    /// <summary>Throws an <see cref="IOException"/> and leaves the existing file unchanged.</summary>
    Fail,
}
