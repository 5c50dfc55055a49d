# The scenario's network in named namespaces: three nodes and a client on one bridge. Names carry the process id, so that
# two runs never meet; what was made is removed by name.

$script:Prefix = "vps$PID"
$script:NodeAddress = @{ 1 = '192.168.31.203'; 2 = '192.168.31.201'; 3 = '192.168.31.202' }

function Invoke-Ip {
    $text = & ip @args 2>&1
    if ($LASTEXITCODE -ne 0) {
        throw "ip $args`: $text"
    }

    $text
}

function Test-NamespaceAbility {
    if (-not $IsLinux -or -not (Get-Command ip -ErrorAction Ignore) -or (id -u) -ne '0') {
        return $false
    }

    $null = & ip netns add "$Prefix-try" 2>&1
    if ($LASTEXITCODE -ne 0) {
        return $false
    }

    $null = Invoke-Ip netns del "$Prefix-try"
    $true
}

function Get-NodeNamespace([int] $Node) { "$Prefix-$Node" }

function Get-ClientNamespace { "$Prefix-c" }

function New-ScenarioNetwork {
    $client = Get-ClientNamespace
    $null = Invoke-Ip netns add $client
    $null = Invoke-Ip -n $client link set lo up
    $null = Invoke-Ip -n $client link add br0 type bridge
    $null = Invoke-Ip -n $client addr add 192.168.31.10/24 dev br0
    $null = Invoke-Ip -n $client link set br0 up
    foreach ($node in 1..3) {
        $namespace = Get-NodeNamespace $node
        $null = Invoke-Ip netns add $namespace
        $null = Invoke-Ip -n $namespace link set lo up
        $null = Invoke-Ip -n $namespace link add ens33 type veth peer name "port$node" netns $client
        $null = Invoke-Ip -n $client link set "port$node" master br0 up
        $null = Invoke-Ip -n $namespace addr add "$($NodeAddress[$node])/24" dev ens33
        $null = Invoke-Ip -n $namespace link set ens33 up
    }
}

function Remove-ScenarioNetwork {
    $existing = @(ip netns list) -replace ' .*'
    foreach ($namespace in @(1..3 | ForEach-Object { Get-NodeNamespace $_ }) + (Get-ClientNamespace)) {
        if ($namespace -in $existing) {
            $null = Invoke-Ip netns del $namespace
        }
    }
}

# The nodes that have the address bound, as numbers.
function Get-Holder([string] $Address) {
    1..3 | Where-Object { (Invoke-Ip -n (Get-NodeNamespace $_) -o addr show dev ens33) -match [regex]::Escape(" $Address/") }
}
