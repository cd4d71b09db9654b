namespace ImaNanoBanana.Cli.Output;

/// <summary>The ways to show a picture in a terminal.</summary>
internal enum PictureProtocol
{
    /// <summary>The terminal shows no pictures, or it is not known to.</summary>
    None,

    /// <summary>The graphics protocol of kitty, which shows PNG files.</summary>
    Kitty,

    /// <summary>The inline images of iTerm2, which show any common format.</summary>
    ITerm2,
}
