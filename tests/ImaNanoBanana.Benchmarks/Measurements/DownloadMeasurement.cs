using System.Buffers.Binary;
using System.Net.Sockets;
using ImaNanoBanana.Benchmarks.Transfers;

namespace ImaNanoBanana.Benchmarks.Measurements;

/// <summary>A download into a file, which the SDK verifies and hashes, compared with a bare socket that writes the same file.</summary>
internal sealed class DownloadMeasurement : IMeasurement
{
    private const int Length = 100 * 1024 * 1024;

    /// <summary>The buffer size of <see cref="Stream.CopyToAsync(Stream)"/>.</summary>
    private const int BlockSize = 80 * 1024;

    public string Name => "download";

    public string Summary => "a download of 100 MB on loopback into a file, compared with a bare socket";

    public async Task<IReadOnlyList<Row>> RunAsync(bool isQuick)
    {
        var path = Path.GetTempFileName();
        try
        {
            using var peer = new RawPeer(Picture());
            using var client = new ImaImageClient(
                new ImaNanoBananaOptions { ApiKey = "ima_key_of_the_benchmarks" },
                new ImaImageClientServices { PrimaryHandler = new LoopbackHandler(peer.Address) });
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(peer.Address);
            return await TransferPairs.MeasureAsync(Length, () => RawAsync(socket, path), () => OursAsync(client, path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>The parts of a PNG that the SDK checks: a header of 1024 x 1024 pixels, one data chunk and the end.</summary>
    private static byte[] Picture()
    {
        var picture = new byte[Length];
        new Random(1).NextBytes(picture);
        Convert.FromHexString("89504E470D0A1A0A0000000D494844520000040000000400").CopyTo(picture, 0);
        BinaryPrimitives.WriteInt32BigEndian(picture.AsSpan(33), Length - 57);
        "IDAT"u8.CopyTo(picture.AsSpan(37));
        Convert.FromHexString("0000000049454E44AE426082").CopyTo(picture, Length - 12);
        return picture;
    }

    private static FileStream Open(string path) =>
        new(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);

    private static async Task OursAsync(ImaImageClient client, string path)
    {
        await using var file = Open(path);
        await client.DownloadAsync(new GeneratedImage(new Uri("https://images.example/1.png")), file);
    }

    private static async Task RawAsync(Socket socket, string path)
    {
        await socket.SendAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());
        await using var file = Open(path);
        var block = new byte[BlockSize];
        var count = await socket.ReceiveAsync(block);
        var header = block.AsSpan(0, count).IndexOf("\r\n\r\n"u8) + 4;
        await file.WriteAsync(block.AsMemory(header, count - header));
        for (var left = (long)Length - (count - header); left > 0; left -= count)
        {
            count = await socket.ReceiveAsync(block);
            await file.WriteAsync(block.AsMemory(0, count));
        }
    }
}
