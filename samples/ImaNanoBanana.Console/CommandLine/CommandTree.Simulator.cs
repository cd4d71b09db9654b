using System.CommandLine;
using ImaNanoBanana.Cli.Commands;
using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Samples;

namespace ImaNanoBanana.Cli.CommandLine;

internal static partial class CommandTree
{
    static partial void AddSimulator(RootCommand root, Wording say, CliRunner run)
    {
        var port = new Option<int?>("--port")
        {
            HelpName = "N",
            Description = say["the port; default: a free one", "端口；默认使用空闲端口"],
            CustomParser = result => NumberOption.Read(result, 0, 65535, say["--port must be 0 to 65535.", "--port 的取值范围为 0 到 65535。"]),
        };
        var simulator = new Command("simulator", say["run the simulator on this machine", "在本机运行模拟器"]) { port };
        simulator.SetAction((parsed, token) => run(new SimulatorCommand(port).RunAsync, parsed, token));
        root.Add(simulator);
    }
}
