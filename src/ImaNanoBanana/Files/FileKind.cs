namespace ImaNanoBanana.Files;

/// <summary>Specifies what kind of object a path refers to.</summary>
internal enum FileKind
{
    Regular,
    Folder,
    NamedPipe,
    Device,
    Socket,

    /// <summary>An empty file, or an object that is not a file; this operating system does not distinguish them.</summary>
    EmptyOrSpecial,
}
