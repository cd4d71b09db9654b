namespace ImaNanoBanana.Journal.FileJournal;

/// <summary>Writes whole files that are on the disk before anything depends on them.</summary>
internal static class DurableFile
{
    /// <summary>Replaces a file. A crash leaves the old content or the new one, complete.</summary>
    /// <param name="path">The file.</param>
    /// <param name="temporary">A file in the same folder, which no one else writes.</param>
    /// <param name="content">The new content.</param>
    /// <param name="open">Opens a file.</param>
    /// <returns>When the content was written, by the clock of the file system.</returns>
    public static DateTimeOffset Replace(
        string path, string temporary, ReadOnlySpan<byte> content, Func<string, FileMode, Stream> open)
    {
        try
        {
            Write(open(temporary, FileMode.Create), temporary, content);
            var now = new DateTimeOffset(File.GetLastWriteTimeUtc(temporary), TimeSpan.Zero);
            File.Move(temporary, path, overwrite: true);
            return now;
        }
        finally
        {
            DeleteAnyhow(temporary);
        }
    }

    /// <summary>Writes and closes a new file. A file that cannot be written completely is removed.</summary>
    public static void Write(Stream stream, string path, ReadOnlySpan<byte> content)
    {
        try
        {
            using (stream)
            {
                stream.Write(content);
                (stream as FileStream)?.Flush(flushToDisk: true);
            }
        }
        catch
        {
            DeleteAnyhow(path);
            throw;
        }
    }

    private static void DeleteAnyhow(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Only the result of the preceding operation is reported.
        }
    }
}
