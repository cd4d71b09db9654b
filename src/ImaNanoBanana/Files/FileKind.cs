namespace ImaNanoBanana.Files;

/// <summary>What a path names.</summary>
internal enum FileKind
{
    Regular,
    Folder,
    NamedPipe,
    Device,
    Socket,

    /// <summary>Not told by this operating system: an empty file, or something that is no file.</summary>
    EmptyOrSpecial,
}
