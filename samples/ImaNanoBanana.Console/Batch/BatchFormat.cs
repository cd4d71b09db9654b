namespace ImaNanoBanana.Cli.Batch;

/// <summary>The forms of a batch file.</summary>
internal enum BatchFormat
{
    /// <summary>A JSON object on each line.</summary>
    JsonLines,

    /// <summary>A table whose first line names the columns.</summary>
    Csv,

    /// <summary>A prompt on each line.</summary>
    Text,
}
