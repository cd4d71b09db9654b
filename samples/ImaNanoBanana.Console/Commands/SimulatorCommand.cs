using System.CommandLine;
using System.Globalization;
using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Cli.Running;
using ImaNanoBanana.Testing;

namespace ImaNanoBanana.Cli.Commands;

/// <summary><c>ima simulator</c>: runs the simulator on this machine until Ctrl-C.</summary>
internal sealed class SimulatorCommand(Option<int?> port)
{
    public async Task<int> RunAsync(Session session, CancellationToken cancellationToken)
    {
        using var simulator = session.Host.Simulator();
        await using var server = await ImaSimulatorServer.StartAsync(
            simulator, session.Parsed.GetValue(port) ?? 0, cancellationToken: cancellationToken);
        var say = session.Say;
        var address = server.Address.AbsoluteUri;
        session.Screen.Result(
            session.IsJson ? JsonLine.Serialize(new SimulatorDocument(address), json => json.SimulatorDocument) : address);
        session.Screen.Note(say[
            $"The simulator is running and spends no credits: ima generate \"a puppy\" --simulator-at {address}. Press Ctrl-C to stop it.",
            $"模拟器已启动，不消耗积分。示例：ima generate \"小狗\" --simulator-at {address}。按 Ctrl+C 结束。"]);
        var ended = new TaskCompletionSource();
        await using (cancellationToken.UnsafeRegister(_ => ended.TrySetResult(), null))
        {
            await ended.Task;
        }

        session.Screen.Note(say[
            string.Create(
                CultureInfo.InvariantCulture,
                $"Submissions: {simulator.Charges.Count}, credits: {simulator.Charges.Sum(charge => charge.Credits)}"),
            string.Create(
                CultureInfo.InvariantCulture, $"{simulator.Charges.Count} 次提交，共 {simulator.Charges.Sum(charge => charge.Credits)} 积分")]);
        foreach (var violation in simulator.Violations)
        {
            session.Screen.Note($"{violation.Endpoint}: {violation.Rule}");
        }

        return ExitCode.Ok;
    }
}
