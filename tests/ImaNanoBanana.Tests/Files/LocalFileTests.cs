using System.Net.Sockets;
using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Files;

/// <summary>The single place that opens local files: only regular files, and without blocking the caller.</summary>
public sealed class LocalFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => TestFolder.Delete(_folder);

    /// <summary>A file that is not a regular file is rejected at once, and nothing waits for the other end of a pipe.</summary>
    [Fact]
    public async Task Named_pipe_is_rejected_at_once()
    {
        var pipe = At("pipe.png");
        NamedPipe.Create(pipe);
        File.CreateSymbolicLink(At("link.png"), pipe);
        using var handler = new ScriptedHandler();
        using var client = TestClient.Create(handler);

        foreach (var path in new[] { pipe, At("link.png") })
        {
            var exception = await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(
                new ImageRequest("make it red") { Images = [ImageInput.FromFile(path)] }, Token));

            Assert.Contains($"'{path}'", exception.Message, StringComparison.Ordinal);
            Assert.Contains("a named pipe", exception.Message, StringComparison.Ordinal);
            Assert.Equal((ImaErrorKind.InvalidRequest, ImaChargeStatus.NotCharged), (exception.Kind, exception.ChargeStatus));
        }

        Assert.DoesNotContain(handler.Requests, request => request.Endpoint != "list");
    }

    /// <summary>Related to pipes: devices, sockets and folders, wherever a file is named.</summary>
    [Fact]
    public async Task Devices_sockets_and_folders_are_rejected()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The paths exist only on Linux.");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(At("s")));

        Assert.Contains("a device", await ProblemAsync("/dev/zero"), StringComparison.Ordinal);
        Assert.Contains("a device", await ProblemAsync("/dev/tty"), StringComparison.Ordinal);
        Assert.Contains("a socket", await ProblemAsync(At("s")), StringComparison.Ordinal);
        Assert.Contains("a folder", await ProblemAsync(_folder.FullName), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelled_call_opens_nothing()
    {
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => LocalFile.OpenAsync(At("any"), cancel.Token));
    }

    /// <summary>
    /// A path that leads out of the folders is not opened; a second name (hard link) of a file from elsewhere is rejected.
    /// </summary>
    [Fact]
    public async Task File_must_really_be_below_the_folder()
    {
        var inside = _folder.CreateSubdirectory("inside").FullName;
        var outside = _folder.CreateSubdirectory("outside").FullName;
        await File.WriteAllTextAsync(Path.Combine(inside, "mine"), "mine", Token);
        await File.WriteAllTextAsync(Path.Combine(outside, "diary"), "private", Token);
        File.CreateSymbolicLink(Path.Combine(inside, "link"), Path.Combine(outside, "diary"));
        Directory.CreateSymbolicLink(Path.Combine(inside, "folder"), outside);
        File.CreateSymbolicLink(Path.Combine(inside, "short"), "mine");

        foreach (
            var path in new[]
            {
                "link",
                "folder/diary",
                "../outside/diary",
                Path.Combine(outside, "diary"),
                Path.Combine(outside, "none"),
                "..",
                "."
            })
        {
            Assert.Null(await LocalFile.OpenBelowAsync(path, [inside], Token));
        }

        Assert.Null(await LocalFile.OpenBelowAsync("mine", [], Token));
        await using var mine = await LocalFile.OpenBelowAsync("mine", [outside, inside], Token);
        await using var through = await LocalFile.OpenBelowAsync("short", [inside], Token);
        Assert.Equal((4, 4), (mine!.Length, through!.Length));
        await Assert.ThrowsAsync<FileNotFoundException>(() => LocalFile.OpenBelowAsync("none", [inside], Token));
    }

    /// <summary>A hard link has its real path in the folder and the content of a file in another one.</summary>
    [Fact]
    public async Task Hard_link_is_rejected()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux reports the number of names.");
        await File.WriteAllTextAsync(At("diary"), "private", Token);
        var inside = _folder.CreateSubdirectory("inside").FullName;
        using (var process = System.Diagnostics.Process.Start("ln", [At("diary"), Path.Combine(inside, "photo.png")])!)
        {
            await process.WaitForExitAsync(Token);
        }

        var exception = await Assert.ThrowsAsync<IOException>(() => LocalFile.OpenBelowAsync("photo.png", [inside], Token));

        Assert.Contains("more than one name", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>A folder that is repeatedly replaced by a link never reveals a file outside it.</summary>
    [Fact]
    public async Task Folder_that_is_replaced_by_a_link_reveals_no_other_file()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux reports the path of an open file.");
        const int Readings = 300;
        var inside = _folder.CreateSubdirectory("inside").FullName;
        var outside = _folder.CreateSubdirectory("outside").FullName;
        var (real, away) = (Path.Combine(inside, "sub"), Path.Combine(inside, "away"));
        Directory.CreateDirectory(real);
        await File.WriteAllTextAsync(Path.Combine(real, "photo"), "mine", Token);
        await File.WriteAllTextAsync(Path.Combine(outside, "photo"), "private", Token);
        using var stop = new CancellationTokenSource();
        var exchanging = Task.Run(
            () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    Directory.Move(real, away);
                    Directory.CreateSymbolicLink(real, outside);
                    File.Delete(real);
                    Directory.Move(away, real);
                }
            },
            Token);

        var privately = 0;
        for (var reading = 0; reading < Readings; reading++)
        {
            try
            {
                await using var file = await LocalFile.OpenBelowAsync("sub/photo", [inside], Token);
                privately += file?.Length == "private".Length ? 1 : 0;
            }
            catch (IOException)
            {
                // The folder is briefly missing.
            }
        }

        await stop.CancelAsync();
        await exchanging;
        Assert.Equal(0, privately);
    }

    private static async Task<string> ProblemAsync(string path) =>
        (await Assert.ThrowsAsync<IOException>(() => LocalFile.OpenAsync(path, Token))).Message;

    private string At(string name) => Path.Combine(_folder.FullName, name);
}
