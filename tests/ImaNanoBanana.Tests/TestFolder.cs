namespace ImaNanoBanana.Tests;

/// <summary>A folder of one test.</summary>
internal sealed class TestFolder : IDisposable
{
    private const int Attempts = 1000;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public string Path => _folder.FullName;

    public void Dispose() => Delete(_folder);

    /// <summary>
    /// Deletes the folder. A call that its test has cancelled still records its late response and may write a file
    /// between the listing of the folder and its removal, so the removal is repeated.
    /// </summary>
    public static void Delete(DirectoryInfo folder)
    {
        for (var attempt = 1; folder.Exists; attempt++)
        {
            try
            {
                folder.Delete(recursive: true);
            }
            catch (IOException) when (attempt < Attempts)
            {
                Thread.Yield();
            }

            folder.Refresh();
        }
    }
}
