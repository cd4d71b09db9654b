namespace ImaNanoBanana;

/// <summary>What saving does when a file of that name is there already.</summary>
public enum FileConflictBehavior
{
    /// <summary>Saves under the next free name: <c>name-2.png</c>, <c>name-3.png</c>.</summary>
    Rename,

    /// <summary>Replaces it, in one step, once the new image is whole.</summary>
    Overwrite,

    /// <summary>Throws an <see cref="IOException"/> and leaves it as it is.</summary>
    Fail,
}
