using System.Buffers.Binary;
using System.Net.Sockets;
using System.Security.Cryptography;
using ImaNanoBanana.Benchmarks.Transfers;

namespace ImaNanoBanana.Benchmarks.Measurements;

/// <summary>A download into a file, which the SDK verifies and hashes, compared with a bare socket that writes the same file.</summary>
internal sealed class DownloadMeasurement : IMeasurement
{
    private const double LeastRatio = 0.9;
    private const int Length = 100 * 1024 * 1024;
    private const int Turns = 7;

    /// <summary>The buffer size of <see cref="Stream.CopyToAsync(Stream)"/>.</summary>
    private const int BlockSize = 80 * 1024;

    public string Name => "download";

    public string Summary => "a download of 100 MB on loopback into a file, compared with a bare socket";

    public async Task<IReadOnlyList<Row>> RunAsync(bool isQuick)
    {
        var path = Path.GetTempFileName();
        try
        {
            var picture = Picture();
            using var peer = new RawPeer(picture);
            using var hashing = Client(peer, hashes: true);
            using var plain = Client(peer, hashes: false);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(peer.Address);
            var measured = await Transfers.Transfers.MeasureAsync(
                Length,
                Turns,
                isQuick,
                () => RawAsync(socket, path, null),
                () => OursAsync(plain, path),
                () => RawAsync(socket, path, hash),
                () => OursAsync(hashing, path),
                () => HashAsync(picture, hash));
            return
            [
                measured.Speed("bare socket", 0),
                measured.Speed("bare socket that also hashes", 2),
                measured.Speed("SHA-256 alone, in memory", 4),
                measured.Speed("SDK without the hash", 1),
                measured.Speed("SDK", 3),
                measured.Relative("the SDK without the hash relative to the socket", 1, 0) with { AtLeast = LeastRatio },
                measured.Relative("the SDK relative to the socket that also hashes", 3, 2) with { AtLeast = LeastRatio },
                measured.Relative("the SDK relative to the socket", 3, 0),
                measured.Allocated("allocated by the SDK", 3),
                await Transfers.Transfers.ProcessorTimeAsync("processor time, socket", isQuick, () => RawAsync(socket, path, null)),
                await Transfers.Transfers.ProcessorTimeAsync("processor time, SDK without the hash", isQuick, () => OursAsync(plain, path)),
                await Transfers.Transfers.ProcessorTimeAsync(
                    "processor time, socket that also hashes", isQuick, () => RawAsync(socket, path, hash)),
                await Transfers.Transfers.ProcessorTimeAsync("processor time, SDK", isQuick, () => OursAsync(hashing, path)),
            ];
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static ImaImageClient Client(RawPeer peer, bool hashes) => new(
        new ImaNanoBananaOptions { ApiKey = "ima_key_of_the_benchmarks", RequestsPerSecond = null, HashDownloads = hashes },
        new ImaImageClientServices { PrimaryHandler = new LoopbackHandler(peer.Address) });

    private static Task HashAsync(byte[] picture, IncrementalHash hash)
    {
        for (var start = 0; start < picture.Length; start += BlockSize)
        {
            hash.AppendData(picture.AsSpan(start, Math.Min(BlockSize, picture.Length - start)));
        }

        hash.GetHashAndReset();
        return Task.CompletedTask;
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

    private static async Task RawAsync(Socket socket, string path, IncrementalHash? hash)
    {
        await socket.SendAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());
        await using var file = Open(path);
        var block = new byte[BlockSize];
        var count = await socket.ReceiveAsync(block);
        var header = block.AsSpan(0, count).IndexOf("\r\n\r\n"u8) + 4;
        await file.WriteAsync(block.AsMemory(header, count - header));
        hash?.AppendData(block.AsSpan(header, count - header));
        for (var left = (long)Length - (count - header); left > 0; left -= count)
        {
            count = await socket.ReceiveAsync(block);
            await file.WriteAsync(block.AsMemory(0, count));
            hash?.AppendData(block.AsSpan(0, count));
        }

        hash?.GetHashAndReset();
    }
}
