using System.Globalization;
using System.Net.Sockets;
using System.Text;
using ImaNanoBanana.Benchmarks.Transfers;

namespace ImaNanoBanana.Benchmarks.Measurements;

/// <summary>An upload of a file, compared with a bare socket that sends the same file.</summary>
internal sealed class UploadMeasurement : IMeasurement
{
    private const double LeastRatio = 0.9;
    private const long Length = 200L * 1024 * 1024;
    private const int BlockSize = 256 * 1024;
    private const int Turns = 21;

    public string Name => "upload";

    public string Summary => "an upload of a 200 MB file on loopback, compared with a bare socket";

    public async Task<IReadOnlyList<Row>> RunAsync(bool isQuick)
    {
        var path = Path.GetTempFileName();
        try
        {
            await WriteAsync(path);
            using var peer = new RawPeer([]);
            using var client = new ImaImageClient(
                new ImaNanoBananaOptions { ApiKey = "ima_key_of_the_benchmarks", RequestsPerSecond = null, MaxUploadBytes = Length },
                new ImaImageClientServices { PrimaryHandler = new LoopbackHandler(peer.Address) });
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(peer.Address);
            var measured = await Transfers.Transfers.MeasureAsync(Length, Turns, isQuick, () => RawAsync(socket, path), OursAsync);
            return
            [
                measured.Speed("bare socket", 0),
                measured.Speed("SDK", 1),
                measured.Relative("the SDK relative to the socket", 1, 0) with { AtLeast = LeastRatio },
                measured.Allocated("allocated by the SDK", 1),
                await Transfers.Transfers.ProcessorTimeAsync("processor time, SDK", isQuick, OursAsync),
            ];

            Task OursAsync() => client.UploadAsync(ImageInput.FromFile(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>A complete file, not a sparse one, that is in the system's cache before the measurement.</summary>
    private static async Task WriteAsync(string path)
    {
        var block = new byte[BlockSize];
        new Random(1).NextBytes(block);
        await using var file = File.Create(path);
        for (var written = 0L; written < Length; written += block.Length)
        {
            await file.WriteAsync(block);
        }

        file.Position = 0;
        file.Write([0xFF, 0xD8, 0xFF, 0xE0]);
    }

    private static async Task RawAsync(Socket socket, string path)
    {
        await socket.SendAsync(
            Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"PUT / HTTP/1.1\r\nContent-Length: {Length}\r\n\r\n")));
        await using var file = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous);
        var block = new byte[BlockSize];
        int count;
        while ((count = await file.ReadAsync(block)) > 0)
        {
            await socket.SendAsync(block.AsMemory(0, count));
        }

        await socket.ReceiveAsync(block);
    }
}
